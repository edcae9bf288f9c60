//! One file a noun: arguments, columns, and what the command does.
