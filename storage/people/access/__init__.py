"""What lets programs in, in a person's name. `storage.people` and above import it."""
