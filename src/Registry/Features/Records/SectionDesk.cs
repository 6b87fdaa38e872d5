using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>What stands beside the form of a section.</summary>
public sealed record SectionMargin(RecordDraft? Draft, DateTimeOffset? MayUndo, IReadOnlyList<RecordComment> Comments)
{
    public static readonly SectionMargin Nothing = new(null, null, []);
}

/// <summary>What became of a save: the other text when somebody saved meanwhile, whether anything changed at all.</summary>
public sealed record SectionSaved(IReadOnlyList<SheetDifference> Conflict, bool Changed = false, bool TooLong = false, bool Meanwhile = false);

/// <summary>Saves a section and takes a save back: the two acts that leave the same traces behind.</summary>
public sealed class SectionDesk(RecordDesk desk, RecordStore store, RecordDraftStore drafts, RecordBeforeStore before, RecordCommentStore comments, KnownThings known, Visitor visitor, IStringLocalizer t)
{
    private const int LargestSheet = 600_000;

    public async Task<SectionMargin> MarginAsync(RecordReading reading, SheetSection section)
    {
        var draft = await drafts.FindAsync(reading.Record.Id, section.Key);
        var last = await before.FindAsync(reading.Record.Id, section.Key);
        return new(draft, last is not null && last.MayBeUndone(visitor.PersonId, section.Get(reading.Sheet)) ? last.SavedAt : null,
            await comments.ListAsync(reading.Record.Id, section: section.Key));
    }

    public Task<DateTimeOffset> KeepDraftAsync(Guid record, SheetSection section, string form, string? seen) =>
        drafts.KeepAsync(record, section.Key, form, seen is { Length: <= 64 } ? seen : "");

    public Task ForgetDraftAsync(Guid record, SheetSection section) => drafts.ForgetAsync(record, section.Key);

    public Task<Offer> OfferAsync(SheetSection section) => known.OfferAsync(section.Type);

    /// <summary>Why the title that the section gives cannot be taken, as a message key; null for any other section.</summary>
    public async Task<string?> TitleFaultAsync(object part, Guid record) =>
        part is not IdentificationSection identification ? null
        : string.IsNullOrEmpty(identification.Title) ? Languages.Key("Donnez un nom au traitement.")
        : await store.TitleIsTakenAsync(identification.Title, record) ? Languages.Key("Une autre fiche porte déjà ce nom : choisissez-en un autre.") : null;

    /// <summary>The record was read to be changed: who else saves it waits. The same form sent twice finds nothing left to change (S-92).</summary>
    public async Task<SectionSaved> SaveAsync(RecordReading reading, SheetSection section, object form, string seen)
    {
        await known.RecogniseAsync(form);
        var stored = section.Get(reading.Sheet);
        var differences = Differences(reading, section, stored, form);
        if (seen != SheetJson.HashOf(stored) && differences.Count > 0) return new(SheetDifferences.Compare(section, stored, form, reading.Sheet, reading.Sheet, key => t.Get(key)));
        var sheet = reading.With(section, form);
        if (System.Text.Encoding.UTF8.GetByteCount(SheetJson.Write(sheet)) > LargestSheet) return new([], TooLong: true);
        if (differences.Count > 0 && !await KeepAsync(reading, section, sheet, stored, form, Actions.RecordChanged, differences)) return new([], Meanwhile: true);
        await drafts.ForgetAsync(reading.Record.Id, section.Key);
        return new([], Changed: differences.Count > 0);
    }

    /// <summary>What taking back one's last save would bring back; null when somebody saved after, or there is none of one's own.</summary>
    public async Task<object?> BeforeAsync(RecordReading reading, SheetSection section)
    {
        var stored = section.Get(reading.Sheet);
        if (await before.FindAsync(reading.Record.Id, section.Key) is not { } last || !last.MayBeUndone(visitor.PersonId, stored)) return null;
        var content = SheetJson.ReadPart(last.Content, section.Type);
        SheetForm.KeepReserved(content, stored, desk.Holds);
        // The name of before may be another sheet's by now.
        return await TitleFaultAsync(content, reading.Record.Id) is null ? content : null;
    }

    /// <summary>An undo is a save like another: it has its line, and can be taken back itself.</summary>
    public async Task<bool> UndoAsync(RecordReading reading, SheetSection section, object content)
    {
        await known.RecogniseAsync(content);
        var stored = section.Get(reading.Sheet);
        return await KeepAsync(reading, section, reading.With(section, content), stored, content, Actions.RecordUndone, Differences(reading, section, stored, content));
    }

    // The words of the history are those of the source language, whoever writes.
    private IReadOnlyList<SheetDifference> Differences(RecordReading reading, SheetSection section, object stored, object form) =>
        Languages.InFrench(() => SheetDifferences.Compare(section, stored, form, reading.Sheet, reading.Sheet, key => t.Get(key)));

    private async Task<bool> KeepAsync(RecordReading reading, SheetSection section, Sheet sheet, object stored, object content, Happening happening, IReadOnlyList<SheetDifference> differences)
    {
        await known.AddNewAsync(content);
        if (!await store.SaveAsync(reading.Record, sheet, reading.Judge(sheet).Percent)) return false;
        await before.KeepAsync(reading.Record.Id, section, stored, content);
        desk.Tell(happening, reading.Record.Id, $"{reading.Record.Reference} · {section.Title}",
            changes: [.. differences.Select(one => one.Change)]);
        return true;
    }
}
