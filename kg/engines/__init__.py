"""Where batches are read: in this process, in several of this machine, or on a cluster; always to the same lines."""
