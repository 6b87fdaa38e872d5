using System.Reflection;
using System.Security.Cryptography;
using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Imports;

/// <summary>Takes a file in, says what it would do, does all of it in one transaction or nothing, and takes it back while nobody has touched it.</summary>
public sealed class ImportDesk(Db db, ImportStore store, ImportReading reading, ImportTargets targets, RecordIntake intake, RecordDesk records, KnownThings known, Visitor visitor, Journal journal)
{
    public const string ObjectType = "REGISTER_IMPORT", TooManyAtOnce = "Un import ajoute {0} fiches au plus. Découpez le fichier et importez-le en plusieurs fois.";
    public const int MostRecords = 1000;

    // A statement has five seconds, on a slow machine too.
    private const int LongestTitle = 150, AtOnce = 100;

    public static IReadOnlyList<string> AllMessageKeys { get; } = [TooManyAtOnce];

    /// <summary>Reads a file and keeps what it held; the same form sent twice finds the first one.</summary>
    public async Task<ImportRefusal?> ReceiveAsync(Guid id, IFormFile? sent)
    {
        var (content, refusal) = await ImportFile.TakeAsync(sent);
        if (content is null) return refusal;
        var (book, why) = ImportFile.Read(sent!.FileName, content);
        if (book is null) return why;
        book = CnilForm.Unfold(book, targets);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (await store.AddAsync(id, hash, book.IsJson, book.Pack(), await ProposeAsync(book)))
            Tell(Actions.ImportReceived, id, $"{book.Tables.Sum(table => table.Rows.Count)} lignes", hash);
        return null;
    }

    /// <summary>The sheet whose headings are understood best, and what its columns are: as this organisation said before of such a file, else by their names.</summary>
    private async Task<ImportChoice> ProposeAsync(ImportBook book)
    {
        if (book.IsJson) return new ImportChoice { Own = book.Tables.Count == 1 };
        var best = book.Tables.Index().Select(table => (Headings: ImportHeadings.Find(table.Item, targets), table.Index)).Select(one => (one.Headings, Choice: one.Headings.Propose(one.Index, targets)))
            .MaxBy(one => one.Choice.Map.Count);
        return await RememberedAsync(best.Headings, best.Choice);
    }

    public async Task<ImportChoice> RememberedAsync(ImportHeadings headings, ImportChoice choice) =>
        !choice.Own && await store.MappingAsync(headings.Signature) is { } kept ? choice with { Map = kept } : choice;

    public async Task<ImportPlan> PlanAsync(ImportBook book, ImportChoice choice)
    {
        var rows = reading.Read(book, choice);
        var sound = rows.Where(row => row.Faults.Count == 0).ToList();
        var living = await store.LivingAsync(sound.Select(row => row.Title), sound.Select(ImportPlan.NumberOf).OfType<int>());
        return ImportPlan.Of(rows, living) with { Reserved = rows.Count(row => Reserves(row.Sheet)) };
    }

    /// <summary>Whether it was done now: another may have done it before, or have changed the choice.</summary>
    public async Task<bool> ImportAsync(RegisterImport import, ImportPlan plan, bool addTaken)
    {
        // Two imports at once would not see the names that the other one brings.
        await (await db.OpenAsync()).ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@lock, 0))", new { @lock = $"import/{visitor.Organisation.Id}" });
        var (fresh, taken) = (plan.Outcomes.Where(one => one.Fate == ImportFate.New).Select(one => one.Row.Sheet).ToList(), plan.Outcomes.Where(one => one.Fate == ImportFate.Taken).Select(one => one.Row.Sheet).ToList());
        if (!await store.EndAsync(import, ImportStatus.Done, fresh.Count + (addTaken ? taken.Count : 0), plan.Count(ImportFate.Identical), addTaken ? 0 : taken.Count, plan.Count(ImportFate.Faulty))) return false;
        if (addTaken)
        {
            await RenameAsync(taken, fresh);
            fresh.AddRange(taken);
        }
        foreach (var sheet in fresh) Strip(sheet);
        await LinkAsync(fresh);
        foreach (var some in fresh.Chunk(AtOnce)) await intake.AddAllAsync([.. some.Select(sheet => new TakenSheet(sheet, 1, null))], import.Id, import.Sha256);
        Tell(Actions.RegisterImported, import.Id, fresh.Count == 1 ? "1 fiche" : $"{fresh.Count} fiches", import.Sha256);
        return true;
    }

    public async Task<(int Gone, int Kept)?> UndoAsync(RegisterImport import)
    {
        if (!await store.UndoAsync(import)) return null;
        var (gone, kept) = await intake.TakeBackAsync(import.Id, "Import annulé.");
        Tell(Actions.ImportUndone, import.Id, gone == 1 ? "1 fiche retirée" : $"{gone} fiches retirées", import.Sha256);
        return (gone, kept);
    }

    public void Tell(Happening happening, Guid id, string? subject, string sha256) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, ObjectType, id, new EventDetails { Subject = EventDetails.WithFingerprint(subject ?? "fichier", sha256) }));

    private static readonly (SheetSection Section, PropertyInfo Field, Role Role)[] ReservedFields =
        [.. from section in SheetSections.All
            from field in SheetText.Fields(section.Type)
            let office = field.GetCustomAttribute<WrittenByAttribute>()
            where office is not null
            select (section, field, office.Role)];

    /// <summary>Whether the sheet brings what another office alone may say.</summary>
    private bool Reserves(Sheet sheet) =>
        ReservedFields.Any(one => (one.Role == Role.ControllerRep || !records.Holds(one.Role)) && !SheetText.IsEmpty(one.Field.GetValue(one.Section.Get(sheet))));

    /// <summary>That is not taken from a file.</summary>
    private void Strip(Sheet sheet)
    {
        foreach (var section in SheetSections.All) SheetForm.KeepReserved(section.Get(sheet), section.New(), records.Holds);
    }

    private async Task RenameAsync(IReadOnlyList<Sheet> taken, IEnumerable<Sheet> fresh)
    {
        var variants = taken.ToDictionary(sheet => sheet, sheet => Enumerable.Range(1, 20).Select(times => Variant(sheet.Identification.Title!, times)).ToList());
        var used = (await store.LivingAsync(variants.Values.SelectMany(names => names), [])).Select(one => one.Title.ToLowerInvariant()).Concat(fresh.Select(sheet => sheet.Identification.Title!.ToLowerInvariant())).ToHashSet();
        foreach (var (sheet, names) in variants)
            sheet.Identification.Title = names.Append(Variant(sheet.Identification.Title!, Random.Shared.Next(100, 10_000))).First(name => used.Add(name.ToLowerInvariant()));
    }

    internal static string Variant(string title, int times)
    {
        var suffix = times == 1 ? " (importée)" : $" (importée {times})";
        return TypedText.Beginning(title, LongestTitle - suffix.Length).TrimEnd() + suffix;
    }

    /// <summary>Links what the sheets name to what the organisation has, and adds what it has not; the words of the file stay as they are.</summary>
    private async Task LinkAsync(IReadOnlyList<Sheet> sheets)
    {
        foreach (var sheet in sheets.Where(sheet => !string.IsNullOrWhiteSpace(sheet.Identification.JointArrangement)))
        {
            var named = sheet.Identification.JointControllers.Count > 0;
            await known.RecogniseAsync(sheet.Identification);
            if (!named) sheet.Identification.JointControllers.Clear();
        }
        var all = new ProcessorsSection();
        foreach (var sheet in sheets)
        {
            all.Processors.AddRange(sheet.Processors.Processors);
            all.Systems.AddRange(sheet.Processors.Systems);
        }
        if (all.Processors.Count == 0 && all.Systems.Count == 0) return;
        var said = all.Systems.ConvertAll(row => (row.Hosting, row.Vendor));
        await known.RecogniseAsync(all);
        foreach (var (row, words) in all.Systems.Zip(said)) (row.Hosting, row.Vendor) = words;
        var first = new ProcessorsSection();
        first.Processors.AddRange(all.Processors.Where(row => row is { Name.Length: > 0, ThirdPartyId: null }).DistinctBy(row => row.Name!.ToLowerInvariant()));
        first.Systems.AddRange(all.Systems.Where(row => row is { Name.Length: > 0, SystemId: null }).DistinctBy(row => row.Name!.ToLowerInvariant()));
        await known.AddNewAsync(first);
        var parties = first.Processors.ToDictionary(row => row.Name!.ToLowerInvariant(), row => row.ThirdPartyId);
        var systems = first.Systems.ToDictionary(row => row.Name!.ToLowerInvariant(), row => row.SystemId);
        foreach (var row in all.Processors.Where(row => row is { Name.Length: > 0, ThirdPartyId: null })) row.ThirdPartyId = parties[row.Name!.ToLowerInvariant()];
        foreach (var row in all.Systems.Where(row => row is { Name.Length: > 0, SystemId: null })) row.SystemId = systems[row.Name!.ToLowerInvariant()];
    }
}
