"""What a person waits for, measured beside what it is measured against."""
