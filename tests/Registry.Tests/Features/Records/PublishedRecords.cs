using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Versions published on days that a test chooses, with the line of the history that every publication leaves.</summary>
internal static class PublishedRecords
{
    public static async Task<string> AddPublishedRecordAsync(this Town town, RegistryFixture registry, DateTimeOffset? at = null, Action<Sheet>? change = null)
    {
        var reference = await town.AddRecordAsync(complete: true);
        await town.PublishAsync(registry, reference, at, change);
        return reference;
    }

    public static Task<int> PublishAsync(this Town town, RegistryFixture registry, string reference, DateTimeOffset? at = null, Action<Sheet>? change = null) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var store = new RecordStore(db, Visitor(town), new Stopped(at ?? DateTimeOffset.UtcNow));
            var record = (await store.FindAsync(reference))!;
            var sheet = record.ReadSheet();
            change?.Invoke(sheet);
            await store.SaveAsync(record, sheet, 100);
            record = (await store.FindAsync(reference))!;
            sheet.Publication.InternalNotes = null;
            var content = SheetJson.Canonical(sheet);
            await store.PublishAsync(record, content, SheetJson.Sha256(content), "Ce qui change", new DateOnly(2030, 1, 1));
            journal.Record(new Event(town.Id, Actions.RecordPublished.Code, RecordDesk.ObjectType, record.Id,
                new EventDetails { Subject = $"{reference} v{(record.PublishedVersion ?? 0) + 1} sha256:{SheetJson.Sha256(content)}" }));
            return 0;
        });

    public static Task<int> ArchiveAsync(this Town town, RegistryFixture registry, string reference) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var store = new RecordStore(db, Visitor(town), TimeProvider.System);
        var record = (await store.FindAsync(reference))!;
        await store.MoveAsync(record, RecordStatus.Archived);
        journal.Record(new Event(town.Id, Actions.RecordArchived.Code, RecordDesk.ObjectType, record.Id, new EventDetails { Subject = reference }));
        return 0;
    });

    public static Visitor Visitor(Town town)
    {
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, "Test");
        visitor.StandsIn(town.Organisation);
        return visitor;
    }

    public static async Task<string> TokenAsync(this Visit visit) =>
        (await visit.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    internal sealed class Stopped(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
