//! LaTeX
