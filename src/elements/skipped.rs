//! Elements that Loadline knows and does not run: those that only serve JMeter's window, and those of protocols that it
//! does not have.
