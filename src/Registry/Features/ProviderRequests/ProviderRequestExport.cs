using System.Security.Cryptography;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>The journal of what was asked of providers over a period (B 2.3: requests are archived), with its line in the history before it leaves (S-65).</summary>
public sealed class ProviderRequestExport(ProviderRequestStore store, Visitor visitor, Journal journal, IStringLocalizer t, TimeProvider clock)
{
    public const int MostInAnHour = 10;
    private const int Batch = 500;

    private sealed record Column(string Title, int Width, Func<ProviderRequest, Asked, object?> Cell);

    public async Task<bool> MayTakeMoreAsync() => await store.TakenLatelyAsync() < MostInAnHour;

    public async Task<ExportedFile> WriteAsync(RegisterFormat format, DateOnly from, DateOnly to)
    {
        var (organisation, now, count) = (visitor.Organisation, clock.GetUtcNow(), 0);
        var file = RegisterExport.Temporary();
        try
        {
            var (columns, footer) = (Columns(organisation.Zone), t.Get("Exporté par {0}, le {1}", visitor.Name, Dates.Instant(now, organisation.Zone)));
            using (var table = TableWriter.Open(format switch { RegisterFormat.Xlsx => TableFormat.Xlsx, RegisterFormat.Ods => TableFormat.Ods, _ => TableFormat.Csv }, file, "Demandes", [.. columns.Select(column => new TableColumn(column.Title, column.Width))]))
            {
                IReadOnlyList<ProviderRequest> batch;
                var page = 1;
                do
                {
                    batch = await store.ListAsync(ProviderRequestFilter.All with { Page = page++ }, asProvider: false, from: from, to: to, size: Batch);
                    foreach (var request in batch)
                    {
                        var asked = request.Read();
                        table.Row([.. columns.Select(column => column.Cell(request, asked))]);
                    }
                    count += batch.Count;
                }
                while (batch.Count == Batch);
                table.Finish(new TableAbout(t.Get("Journal des demandes au prestataire"),
                [
                    (t.Get("Organisme"), organisation.Name), (t.Get("Du"), from), (t.Get("Au"), to), (t.Get("Exporté le"), TimeZoneInfo.ConvertTime(now, organisation.Zone).DateTime),
                    (t.Get("Exporté par"), visitor.Name), (t.Get("Nombre de demandes"), count),
                ], footer));
            }
            file.Position = 0;
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
            file.Position = 0;
            var name = $"demandes-au-prestataire-{organisation.Slug}-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.{RegisterWriter.Extension(format)}";
            journal.Record(new Event(organisation.Id, Actions.ProviderRequestsExported.Code, "PROVIDER_REQUESTS", null, new EventDetails { Subject = EventDetails.WithFingerprint($"{name} · {count}", hash) }));
            return new ExportedFile(file, name, RegisterWriter.MediaType(format), count);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private IReadOnlyList<Column> Columns(TimeZoneInfo zone)
    {
        const int Short = 14, Usual = 24, Wide = 48;
        DateTime? Local(DateTimeOffset? at) => at is { } moment ? TimeZoneInfo.ConvertTime(moment, zone).DateTime : null;
        return
        [
            new(t.Get("Référence"), Short, (request, _) => request.Reference),
            new(t.Get("Demande"), Usual, (request, _) => request.What),
            new(t.Get("État"), Short, (request, _) => ProviderRequestStates.Word(request)),
            new(t.Get("Prestataire"), Usual, (request, _) => request.ProviderName),
            new(t.Get("Application ou service informatique"), Usual, (request, _) => request.System),
            new(t.Get("Priorité"), Short, (request, _) => request.Priority is { } priority ? Facts.Vocabulary.Current.Label("Priority", priority) : null),
            new(t.Get("Personne"), Usual, (_, asked) => asked.PersonName),
            new(t.Get("Fonction"), Usual, (_, asked) => asked.PersonFunction),
            new(t.Get("Niveau d’accès"), Usual, (_, asked) => asked.AccessLevel),
            new(t.Get("Traces : premier jour"), Short, (_, asked) => asked.LogsFrom),
            new(t.Get("Traces : dernier jour"), Short, (_, asked) => asked.LogsTo),
            new(t.Get("Ce qui est à restaurer"), Wide, (_, asked) => asked.Scope),
            new(t.Get("État à retrouver"), Short, (_, asked) => Local(asked.PointInTime)),
            new(t.Get("Raison"), Wide, (_, asked) => asked.Reason),
            new(t.Get("Demandée par"), Usual, (request, _) => request.FromProvider ? request.ProviderName : request.RequestedBy),
            new(t.Get("Habilitation vérifiée"), Wide, (request, _) => request.Authority),
            new(t.Get("Transmise le"), Short, (request, _) => Local(request.SubmittedAt)),
            new(t.Get("Prise en charge par"), Usual, (request, _) => request.TakenBy),
            new(t.Get("Terminée le"), Short, (request, _) => Local(request.EndedAt)),
            new(t.Get("Ce qui a été fait"), Wide, (request, _) => request.Note),
            new(t.Get("Notifiée le"), Short, (request, _) => Local(request.NotifiedAt)),
            new(t.Get("Archivée le"), Short, (request, _) => Local(request.ArchivedAt)),
        ];
    }
}
