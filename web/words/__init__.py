"""Every Vietnamese label and sentence."""
