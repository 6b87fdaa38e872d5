using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>The search sheet of a request. What may name the person is sealed for its own row, as the request is.</summary>
public sealed class SearchSheetStore(Db db, Visitor visitor, Keys keys, TimeProvider clock)
{
    private const int Most = 500;
    private readonly byte[] _key = keys.Derive(RequestStore.Purpose);

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<SearchTask>> ListAsync(Guid request)
    {
        var connection = await db.OpenAsync();
        var rows = await connection.QueryAsync<Row>(
            """
            select s.id, s.request_id, s.number, s.record_id, r.number as record_number, r.title as record_title, s.system_id, i.name as system_name, s.asked_of, s.unit_id, s.keeper_id, s.convention_id, s.provider_id,
                   c.number as convention_number, s.due_on, s.state, s.searched_on, s.content, s.version
              from rights_request_search s
              left join processing_record r on r.organisation_id = s.organisation_id and r.id = s.record_id
              left join information_system i on i.organisation_id = s.organisation_id and i.id = s.system_id
              left join convention c on c.organisation_id = s.keeper_id and c.id = s.convention_id
             where s.organisation_id = @Organisation and s.request_id = @request
             order by s.number
             limit @Most
            """,
            new { Organisation, request, Most });
        return [.. rows.Select(row => new SearchTask
        {
            Id = row.Id, RequestId = row.RequestId, Number = row.Number, RecordId = row.RecordId, RecordNumber = row.RecordNumber, RecordTitle = row.RecordTitle, SystemId = row.SystemId, SystemName = row.SystemName,
            Asked = new(row.AskedOf, row.UnitId, row.KeeperId, row.ConventionId, row.ConventionNumber, Organisation, row.ProviderId), DueOn = row.DueOn, State = Enum.Parse<SearchState>(row.State, ignoreCase: true),
            SearchedOn = row.SearchedOn, Content = SheetJson.ReadPart<SearchContent>(Sealing.Open(_key, row.Content, SearchContent.PlaceOf(Organisation, row.Id))), Version = row.Version,
        })];
    }

    /// <summary>Adds a line under the id that its form brought; false when the same form was sent before (S-92). The caller holds the file, so numbers follow each other.</summary>
    public async Task<bool> AddAsync(SearchTask task, string reference)
    {
        var told = task.Asked.ProviderId is not null;
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into rights_request_search (organisation_id, id, request_id, number, record_id, system_id, asked_of, unit_id, keeper_id, convention_id, provider_id, place, body_name, body_reference, due_on, state, content, asked_at, asked_by, updated_at, updated_by)
            select @Organisation, @Id, @RequestId, coalesce(max(s.number), 0) + 1, @RecordId, @SystemId, @Name, @UnitId, @KeeperId, @ConventionId, @ProviderId, @place, @body, @reference, @DueOn, 'ASKED', @content, @now, @by, @now, @by
              from rights_request_search s where s.organisation_id = @Organisation and s.request_id = @RequestId
                on conflict (organisation_id, id) do nothing
            """,
            new
            {
                Organisation, task.Id, task.RequestId, task.RecordId, task.SystemId, task.Asked.Name, task.Asked.UnitId, task.Asked.KeeperId, task.Asked.ConventionId, task.Asked.ProviderId, task.DueOn,
                place = told ? task.Place : null, body = told ? visitor.Organisation.Name : null, reference = told ? reference : null,
                content = Seal(task), now = clock.GetUtcNow(), by = visitor.Name,
            }) == 1;
    }

    /// <summary>What came of it; false when somebody was faster.</summary>
    public async Task<bool> SaveAsync(SearchTask task)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update rights_request_search
               set state = @state, searched_on = @SearchedOn, content = @content, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            new { Organisation, task.Id, task.Version, task.SearchedOn, state = task.State.ToString().ToUpperInvariant(), content = Seal(task), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    private byte[] Seal(SearchTask task) => Sealing.Seal(_key, SheetJson.WritePart(task.Content), SearchContent.PlaceOf(Organisation, task.Id));

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid RequestId { get; init; }
        public required int Number { get; init; }
        public Guid? RecordId { get; init; }
        public int? RecordNumber { get; init; }
        public string? RecordTitle { get; init; }
        public Guid? SystemId { get; init; }
        public string? SystemName { get; init; }
        public required string AskedOf { get; init; }
        public Guid? UnitId { get; init; }
        public Guid? KeeperId { get; init; }
        public Guid? ConventionId { get; init; }
        public Guid? ProviderId { get; init; }
        public int? ConventionNumber { get; init; }
        public required DateOnly DueOn { get; init; }
        public required string State { get; init; }
        public DateOnly? SearchedOn { get; init; }
        public required byte[] Content { get; init; }
        public required int Version { get; init; }
    }
}
