namespace Registry.Features.Records;

/// <summary>
/// The content of one record of processing (GDPR 30(1)), stored as one document. Each section is also the form of its edit page, so it
/// accepts what a person may leave unfinished; what must be complete is said by <see cref="PublicationRules"/>.
/// </summary>
public sealed class Sheet
{
    /// <summary>The model of the library that the sheet was started from; lets later updates of the library be offered.</summary>
    public string? ModelCode { get; set; }

    public IdentificationSection Identification { get; set; } = new();

    public PurposesSection Purposes { get; set; } = new();

    public PeopleSection People { get; set; } = new();

    public SensitiveSection Sensitive { get; set; } = new();

    public RetentionSection Retention { get; set; } = new();

    public RecipientsSection Recipients { get; set; } = new();

    public ProcessorsSection Processors { get; set; } = new();

    public TransfersSection Transfers { get; set; } = new();

    public SecuritySection Security { get; set; } = new();

    public InformationSection Information { get; set; } = new();

    public DpiaSection Dpia { get; set; } = new();

    public PublicationSection Publication { get; set; } = new();

    /// <summary>Only in a published version: who answered for it on the day it was published.</summary>
    public VersionStamp? Stamp { get; set; }

    /// <summary>A copy that shares nothing, for a working copy beside the version in force.</summary>
    public Sheet Copy() => SheetJson.Read(SheetJson.Write(this));
}
