using Registry.Features.Records;

namespace Registry.Features.Models;

/// <summary>A model of the officer's own as she works on it: its text now, and how far it has been given out.</summary>
public sealed record LibraryModel
{
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required string[] OrganisationTypes { get; init; }
    public required string SheetJson { get; init; }

    /// <summary>The newest revision that was issued; 0 when none was.</summary>
    public required int Revision { get; init; }

    /// <summary>The text differs from the newest revision.</summary>
    public required bool Changed { get; init; }
    public required bool Retired { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }

    public Sheet ReadSheet() => Records.SheetJson.Read(SheetJson);
}

/// <summary>How many sheets came from a model, and how many of them have not seen its newest revision.</summary>
public sealed record CopyCount(string Code, int Copies, int Behind);

/// <summary>A sheet that came from a model.</summary>
public sealed record ModelCopy
{
    public required Guid OrganisationId { get; init; }
    public required string Organisation { get; init; }
    public required string Slug { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required int ModelRevision { get; init; }
    public required string SheetJson { get; init; }

    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
}

/// <summary>What a model keeps of a sheet: what holds for any body, and nothing of the one it was written for.</summary>
public static class ModelSheet
{
    /// <summary>
    /// A copy without people, systems, processors, contacts, dates, conclusions, internal notes and states of measures: none of them is ever given to
    /// another body.
    /// </summary>
    public static Sheet Of(Sheet sheet)
    {
        var kept = sheet.Copy();
        kept.ModelCode = null;
        kept.Stamp = null;
        (kept.Identification.Owner, kept.Identification.ImplementedOn) = (null, null);
        (kept.Identification.JointArrangement, kept.Identification.JointAgreementId) = (null, null);
        kept.Identification.JointControllers = [];
        kept.Purposes.PurposeChangeNote = null;
        kept.Processors = new ProcessorsSection();
        foreach (var measure in kept.Security.Measures) (measure.Status, measure.Note) = ("PLANNED", null);
        foreach (var rule in kept.Retention.Rules) (rule.ArchivesAgreed, rule.ArchivesAgreedOn) = (false, null);
        (kept.Information.NoticeReference, kept.Information.RightsContact) = (null, null);
        kept.Dpia = new DpiaSection
        {
            Criteria = kept.Dpia.Criteria, RequiredListHits = kept.Dpia.RequiredListHits, Article35Cases = kept.Dpia.Article35Cases,
            ExemptListHits = kept.Dpia.ExemptListHits, LegalAssessment = kept.Dpia.LegalAssessment, Reason = kept.Dpia.Reason,
        };
        kept.Publication = new PublicationSection { ReviewEveryMonths = kept.Publication.ReviewEveryMonths, PublicVisibility = kept.Publication.PublicVisibility };
        return kept;
    }
}
