using System.Security.Cryptography;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>What is asked for. Working sheets and internal notes are given where the person may read them, whatever she asks.</summary>
public sealed record ExportOrder(RegisterFormat Format, RegisterFilter Filter, bool Working, bool Notes);

/// <param name="Content">A temporary file that vanishes when it is closed.</param>
public sealed record ExportedFile(Stream Content, string Name, string MediaType, int Entries);

/// <summary>
/// Writes registers into a temporary file and tells the history of every organisation in it (X-16, S-65): who took what out, under which filter, with the
/// hash of the file. A file and not the answer itself, since the answer must not begin before the line of the history is kept.
/// </summary>
public sealed class RegisterExport(RegisterStore store, Visitor visitor, Db db, Journal journal, IStringLocalizer t, TimeProvider clock)
{
    public const int MostInAnHour = 10;

    // A signature of the context lives for a minute (Scope).
    private static readonly TimeSpan Renew = TimeSpan.FromSeconds(20);

    private sealed record Reach(RegisterBody Body, bool Drafts);

    /// <summary>S-84. The history counts them, so that all instances do.</summary>
    public async Task<bool> MayTakeMoreAsync() => await store.TakenLatelyAsync() < MostInAnHour;

    /// <summary>One organisation, or all whose registers this person may take out; null when nothing is there to export.</summary>
    public async Task<ExportedFile?> WriteAsync(ExportOrder order, CurrentOrganisation? organisation)
    {
        var bodies = await ReachAsync(organisation?.Id);
        if (bodies.Count == 0) return null;
        // Notes stay with one organisation: a file of several is made to be passed around.
        var notes = order.Notes && order.Working && organisation is not null && bodies[0].Drafts;
        var about = About(order, bodies, notes);
        var file = Temporary();
        try
        {
            var counts = new List<(RegisterBody Body, Guid? Record, int Count)>();
            var renewed = clock.GetUtcNow();
            var columns = new RegisterColumns(t, notes, visitor.Grants.All(grant => grant.Role == Role.Auditor) ? about.Footer : null);
            using (var writer = RegisterWriter.Open(order.Format, file, columns, about, notes))
            {
                foreach (var (body, drafts) in bodies)
                {
                    writer.Begin(body);
                    var (after, before, last) = (0, writer.Entries, (Guid?)null);
                    while (true)
                    {
                        if (clock.GetUtcNow() - renewed > Renew)
                        {
                            await db.RenewAsync();
                            renewed = clock.GetUtcNow();
                        }
                        var entries = await store.NextAsync(body.Id, order.Filter, order.Working && drafts, after);
                        if (entries.Count == 0) break;
                        foreach (var entry in entries) writer.Add(body, entry);
                        (after, last) = (entries[^1].Number, entries[^1].RecordId);
                    }
                    counts.Add((body, order.Filter.Number is null ? null : last, writer.Entries - before));
                }
                writer.Finish();
            }
            if (order.Filter.Number is not null && counts[0].Count == 0)
            {
                await file.DisposeAsync();
                return null;
            }
            file.Position = 0;
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
            file.Position = 0;
            var name = Name(order, organisation);
            Tell(order, name, hash, notes, counts);
            return new ExportedFile(file, name, RegisterWriter.MediaType(order.Format), counts.Sum(count => count.Count));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>On a page of the area each organisation has its own answer to what this person may do in it.</summary>
    private async Task<IReadOnlyList<Reach>> ReachAsync(Guid? organisation)
    {
        return [.. (await store.BodiesAsync(organisation)).Where(one => Allows(one.Kinds, Function.ReadRecords, Right.Export))
            .Select(one => new Reach(one.Body, Allows(one.Kinds, Function.DraftRecord, Right.Read)))];

        static bool Allows(string[] kinds, Function function, Right right) => Array.Exists(kinds, kind => Rights.Allows(function, right, Roles.Of(kind)));
    }

    private RegisterAbout About(ExportOrder order, IReadOnlyList<Reach> bodies, bool notes)
    {
        var (zone, now) = (bodies[0].Body.Zone, clock.GetUtcNow());
        var working = order.Working && bodies.Any(body => body.Drafts);
        var title = order.Filter.Number is { } number ? t.Get("Fiche {0} du registre des activités de traitement", $"T-{number:0000}") : t.Get("Registre des activités de traitement");
        var by = visitor.Grants.Count > 0 ? $"{visitor.Name}, {Vocabulary.Current.Label("AppointmentKind", visitor.Grants[0].Kind)}" : visitor.Name;
        var lines = new List<(string, object?)>
        {
            (t.Get("Organisme"), bodies.Count == 1 ? bodies[0].Body.Name : t.Get("{0} organismes", bodies.Count)),
            (t.Get("Textes exportés"), working ? t.Get("les fiches de travail") : t.Get("les versions en vigueur")),
            (t.Get("Exporté le"), TimeZoneInfo.ConvertTime(now, zone).DateTime),
            (t.Get("Exporté par"), by),
        };
        if (order.Filter.Number is null) lines.Add((t.Get("Filtre"), t.Get(RecordGroups.All.First(known => known.Key == order.Filter.Group).Label)));
        if (order.Filter.Search is { } search) lines.Add((t.Get("Recherche dans le titre, la finalité ou le service"), search));
        if (working && bodies.Any(body => !body.Drafts)) lines.Add((t.Get("À savoir"), t.Get("Là où vous ne lisez que les fiches publiées, ce sont les versions en vigueur.")));
        lines.Add((t.Get("Notes internes"), notes ? t.Get("comprises : ce fichier ne sort pas de l’organisme et du délégué") : t.Get("non comprises")));
        return new RegisterAbout(title, working ? "WORKING_SHEETS" : "VERSIONS_IN_FORCE", now, visitor.Name, order.Filter.Search, order.Filter.Number is null ? order.Filter.Group : null,
            null, lines, t.Get("Nombre de fiches"), t.Get("Exporté par {0}, le {1}", visitor.Name, Dates.Instant(now, zone)));
    }

    private void Tell(ExportOrder order, string name, string hash, bool notes, List<(RegisterBody Body, Guid? Record, int Count)> counts)
    {
        var text = order.Working ? "fiches de travail" : "versions en vigueur";
        foreach (var (body, record, count) in counts)
            journal.Record(new Event(body.Id, (record is null ? Actions.RegisterExported : Actions.RecordExported).Code, record is null ? "REGISTER" : RecordDesk.ObjectType, record,
                new EventDetails { Subject = EventDetails.WithFingerprint($"{name} · {count} {(count > 1 ? "fiches" : "fiche")} · {text}{(notes ? ", notes internes comprises" : "")}", hash), Reason = order.Filter.Search is { } search ? $"Recherche : {search}" : null }));
    }

    private string Name(ExportOrder order, CurrentOrganisation? organisation)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), organisation?.Zone ?? TimeZoneInfo.Utc).DateTime);
        var what = (organisation, order.Filter.Number) switch
        {
            (null, _) => "registres",
            (var one, { } number) => $"fiche-{one.Slug}-t-{number:0000}",
            var (one, _) => $"registre-{one.Slug}",
        };
        return $"{what}-{day:yyyy-MM-dd}.{RegisterWriter.Extension(order.Format)}";
    }

    /// <summary>Readable by this program alone and gone when it is closed.</summary>
    internal static FileStream Temporary()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"registre-{Guid.NewGuid():n}"), options);
    }
}
