//! What holds of any lines, however they come: properties of the reader as a whole.

mod lines;
mod reading;
