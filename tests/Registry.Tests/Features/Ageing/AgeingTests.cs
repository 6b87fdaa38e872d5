using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Features.Ageing;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Ageing;

/// <summary>What is past its bound goes, once a day and with its line; a day younger it stays, whoever asks.</summary>
[Trait("Kind", "pages")]
public sealed class AgeingTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "60")]
    [Trait("S", "94")]
    public async Task What_is_past_its_bound_goes_once_a_day_with_its_line_and_nothing_younger()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await using var super = await registry.SuperuserAsync();
        // Rows as time would have left them.
        await super.ExecuteAsync("set session_replication_role = replica");
        foreach (var (age, status) in new[] { ("3 years 1 day", "ARCHIVED"), ("2 years 364 days", "ARCHIVED"), ("13 months", "DRAFT"), ("11 months", "DRAFT"), ("9 years", "IN_PROGRESS") })
        {
            var (_, id) = await TownProviderRequest.AddAsync(registry, town, provider, age, status);
            await super.ExecuteAsync("update app.provider_request set created_at = now() - @age::interval, submitted_at = case when submitted_at is not null then now() - @age::interval end, updated_at = now() - @age::interval where id = @id", new { age, id });
        }
        foreach (var age in new[] { "5 years 1 day", "4 years" })
        {
            var reference = await TownInquiry.AddAsync(registry, town, provider, age);
            await super.ExecuteAsync("update app.authority_request set status = 'REDIRECTED', letter = 'x', redirected_at = now() - @age::interval where organisation_id = @Id and authority = @age", new { age, town.Id });
        }
        foreach (var age in new[] { "13 months", "11 months" })
        {
            var alert = await TownAlerts.AddAsync(registry, town, age);
            await super.ExecuteAsync("update app.alert set raised_at = now() - @age::interval, settled_at = now() - @age::interval where id = @alert", new { age, alert });
        }
        await super.ExecuteAsync("insert into app.job_run values (@Id, 'REMINDERS', '2020-01-01', now() - interval '13 months'), (@Id, 'REMINDERS', '2020-12-01', now() - interval '11 months')", new { town.Id });
        await TownProviderRequest.AddAsync(registry, provider, town, "9 years");
        var runner = registry.Services.GetRequiredService<AgeingRunner>();
        Assert.True(await runner.AgeAsync(town.Id));
        Assert.False(await runner.AgeAsync(town.Id));
        Assert.Equal(["11 months", "2 years 364 days", "9 years"], (await super.QueryAsync<string>("select system from app.provider_request where organisation_id = @Id", new { town.Id })).Order());
        Assert.Equal(["4 years"], await super.QueryAsync<string>("select authority from app.authority_request where organisation_id = @Id", new { town.Id }));
        Assert.Equal(["11 months"], await super.QueryAsync<string>("select subject from app.alert where organisation_id = @Id", new { town.Id }));
        Assert.Equal(0, await super.ExecuteScalarAsync<int>("select count(*) from app.notice n where organisation_id = @Id and not exists (select from app.alert a where a.id = n.alert_id)", new { town.Id }));
        Assert.Equal(["2020-12-01"], await super.QueryAsync<string>("select period from app.job_run where organisation_id = @Id and job = 'REMINDERS'", new { town.Id }));
        Assert.Equal("2 demande(s) au prestataire · 1 requête(s) d’autorité · 1 rappel(s)", await super.ExecuteScalarAsync<string>(
            "select (d.details::jsonb ->> 'subject') from history.event e join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence where e.organisation_id = @Id and e.action = 'AGED_AWAY'", new { town.Id }));
        // Another town's are its own to let go.
        Assert.Equal(1, await super.ExecuteScalarAsync<int>("select count(*) from app.provider_request where organisation_id = @Id", new { provider.Id }));
    }

    [Fact]
    [Trait("S", "50")]
    public async Task No_person_lets_anything_age_away_and_no_job_without_its_line()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var officer = await town.AppointAsync("DPO");
        var (_, id) = await TownProviderRequest.AddAsync(registry, town, provider, "Paie", "DRAFT");
        await using var super = await registry.SuperuserAsync();
        await super.ExecuteAsync("set session_replication_role = replica; update app.provider_request set updated_at = now() - interval '2 years' where id = @id", new { id });
        foreach (var (scope, commits) in new[] { (Scope.ForPerson(officer), false), (Scope.ForOrganisation(town.Id), true) })
        {
            await using var db = new Db(registry.Services.GetRequiredService<Database>(), TimeProvider.System);
            db.ActFor(scope);
            var refused = await Assert.ThrowsAsync<PostgresException>(async () =>
            {
                await (await db.OpenAsync()).QueryAsync<(string, int)>("select what, taken from app.age_away()");
                if (commits) await db.CommitAsync();
            });
            Assert.Equal("42501", refused.SqlState);
        }
        Assert.Equal(1, await super.ExecuteScalarAsync<int>("select count(*) from app.provider_request where id = @id", new { id }));
    }

    [Fact]
    [Trait("S", "93")]
    public async Task Mails_that_left_a_year_ago_are_forgotten_and_those_that_wait_never()
    {
        await using var super = await registry.SuperuserAsync();
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        await super.ExecuteAsync(
            """
            insert into app.outbox_mail (organisation_id, id, recipient, subject, body, created_at, due_at, sent_at, given_up_at)
            values (null, @a, 'a@exemple.fr', 'x', '', now() - interval '2 years', now() - interval '2 years', now() - interval '13 months', null),
                   (null, @b, 'a@exemple.fr', 'x', '', now() - interval '2 years', now() - interval '2 years', now() - interval '11 months', null),
                   (null, @c, 'a@exemple.fr', 'x', 'y', now() - interval '2 years', now() + interval '9 years', null, null),
                   (null, @d, 'a@exemple.fr', 'x', 'y', now() - interval '2 years', now() - interval '2 years', null, now() - interval '13 months')
            """, new { a = ids[0], b = ids[1], c = ids[2], d = ids[3] });
        await registry.Services.GetRequiredService<AgeingRunner>().ForgetMailAsync(TestContext.Current.CancellationToken);
        Assert.Equal(new[] { ids[1], ids[2] }.Order(), (await super.QueryAsync<Guid>("select id from app.outbox_mail where id = any(@ids)", new { ids })).Order());
    }
}
