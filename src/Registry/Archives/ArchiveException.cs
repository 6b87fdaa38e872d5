namespace Registry.Archives;

/// <summary>Why an archive is not written or not taken in, in one sentence for the operator.</summary>
public sealed class ArchiveException(string message, Exception? inner = null) : Exception(message, inner);
