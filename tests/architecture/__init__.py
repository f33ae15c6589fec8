"""What holds for the repository as a whole: floors, files, processes, papers, supplies."""
