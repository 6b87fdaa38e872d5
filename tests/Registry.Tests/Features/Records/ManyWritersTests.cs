using System.Collections.Concurrent;
using System.Net;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Eight people at one record, a hundred edits each (S-90): what was acknowledged is kept, and nothing else is.</summary>
[Trait("Kind", "durability")]
[Trait("S", "90")]
public sealed class ManyWritersTests(RegistryFixture registry)
{
    private const int Writers = 8;
    private const int Edits = 100;

    [Fact]
    public async Task What_eight_writers_were_told_is_saved_is_what_the_record_and_its_history_hold()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites";
        var kept = new ConcurrentBag<string>();
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            using var visit = await town.EnterAsync(writer % 2 == 0 ? "CORRESPONDENT" : "DPO");
            for (var edit = 0; edit < Edits; edit++)
            {
                var text = $"Texte {edit} de {writer}";
                var form = Forms.Of(await visit.GetAsync(path)).Single();
                var answer = await visit.PostAsync(path, form.With(("Form.Purpose", text), ("next", "back")));
                if (answer.Status == HttpStatusCode.Redirect) kept.Add(text);
                else if (answer.Status == HttpStatusCode.Conflict) Interlocked.Increment(ref refused);
                else Assert.Fail(answer.ToString());
            }
        }));
        Assert.Equal(Writers * Edits, kept.Count + refused);
        Assert.True(refused > 0, "nobody met anybody: the test is blind");
        await using var connection = await registry.SuperuserAsync();
        var told = (await connection.QueryAsync<string>(
            """
            select d.details::jsonb #>> '{changes,0,new}'
              from history.event e join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
             where e.organisation_id = @Id and e.action = 'RECORD_CHANGED'
             order by e.sequence
            """, new { town.Id })).AsList();
        Assert.Equal(kept.Order(), told.Order());
        var (version, purpose) = await connection.QuerySingleAsync<(int, string)>(
            "select version, sheet #>> '{purposes,purpose}' from app.processing_record where organisation_id = @Id", new { town.Id });
        Assert.Equal(1 + kept.Count, version);
        Assert.Equal(told[^1], purpose);
    }
}
