"""Learning relations from examples; the only folder that asks for scikit-learn, and only when it is called."""
