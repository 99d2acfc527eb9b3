"""What has been adopted: a frozen payload with its files, hashes, who, when and by which decision."""
