// Dates are ISO 8601 and may be partial: 2010 is all of that year, 2010-05 all of that month. Days count from 1970.
const DAY = 864e5;

const toDay = (iso) => Date.parse(`${`${iso}-01-01`.slice(0, 10)}T00:00:00Z`) / DAY;

function toDayAfter(iso) {
  if (iso.length >= 10) return toDay(iso) + 1;
  const [year, month = "12"] = iso.split("-");
  const next = month === "12" ? `${String(Number(year) + 1).padStart(4, "0")}-01` : `${year}-${String(Number(month) + 1).padStart(2, "0")}`;
  return toDay(next);
}

const fromDay = (day) => new Date(Math.round(day) * DAY).toISOString().slice(0, 10);
const isDate = (iso) => /^\d{4}(-\d\d){0,2}$/u.test(iso) && Number.isFinite(toDay(iso));

// Where an axis is marked: days, months or years, as many as `most` allows.
const STEPS = [[1, "day"], [7, "day"], [1, "month"], [3, "month"], [1, "year"], [2, "year"], [5, "year"], [10, "year"], [20, "year"], [50, "year"], [100, "year"], [500, "year"]];
const DAYS = { day: 1, month: 30.4, year: 365.25 };

function markDates(first, last, most) {
  const [number, unit] = STEPS.find(([times, name]) => (last - first) / (times * DAYS[name]) <= most) ?? STEPS.at(-1);
  const marks = [];
  for (let at = floorDate(first, number, unit); at <= last; at = nextDate(at, number, unit)) {
    if (at >= first) marks.push({ day: at, text: fromDay(at).slice(0, { day: 10, month: 7, year: 4 }[unit]) });
  }
  return marks;
}

function floorDate(day, number, unit) {
  if (unit === "day") return Math.floor(day);
  const [year, month] = fromDay(day).split("-").map(Number);
  return unit === "year" ? toDay(String(year - (year % number)).padStart(4, "0")) : toDay(`${String(year).padStart(4, "0")}-${String(month - ((month - 1) % number)).padStart(2, "0")}`);
}

function nextDate(day, number, unit) {
  if (unit === "day") return day + number;
  const date = new Date(Math.round(day) * DAY);
  if (unit === "year") date.setUTCFullYear(date.getUTCFullYear() + number);
  else date.setUTCMonth(date.getUTCMonth() + number);
  return date.getTime() / DAY;
}
