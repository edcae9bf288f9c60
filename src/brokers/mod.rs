//! Address sets, region names and entries for each kind of broker. Pure: no I/O.
