using Registry.Access;

namespace Registry.Features.Records;

/// <summary>The kinds of appointment that open records, read off the one matrix of rights, for the queries that look over several organisations.</summary>
public static class RecordReaders
{
    /// <summary>Who opens a record at all.</summary>
    public static readonly string[] Readers = Roles.Readers(Function.ReadRecords);

    /// <summary>Who opens it before it is published; the others do so with those they began.</summary>
    public static readonly string[] Drafters = Roles.Readers(Function.DraftRecord);
}
