//! Tests of reading pages in every format.
