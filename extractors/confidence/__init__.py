"""How likely an event is right: a sentence classifier, features of the event, and a calibrated probability."""
