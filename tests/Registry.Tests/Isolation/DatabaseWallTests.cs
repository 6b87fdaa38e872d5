using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Tests.Support;

namespace Registry.Tests.Isolation;

/// <summary>The wall behind the pages: the same login as the program's, with SQL that nobody of ours wrote.</summary>
[Trait("Kind", "pages")]
public sealed class DatabaseWallTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "51")]
    [Trait("S", "52")]
    public async Task Without_a_context_every_table_is_empty()
    {
        await Town.FoundAsync(registry);
        var tables = await TownEvidence.TenantTablesAsync(registry);
        Assert.True(tables.Count >= 10);
        await using var web = await WebAsync();
        foreach (var table in Readable(tables)) Assert.Equal(0, await web.ExecuteScalarAsync<int>($"select count(*) from {table}"));
        Assert.Equal(0, await web.ExecuteScalarAsync<int>("select count(*) from app.organisation"));
    }

    [Theory]
    [Trait("S", "52")]
    [InlineData("p|{0}|{1}", true, 600, "context refused")]    // signed by somebody else
    [InlineData("p|{0}|{1}", false, -1, "context expired")]
    public async Task A_context_that_is_false_or_too_old_is_an_error(string form, bool falsely, int seconds, string message)
    {
        var town = await Town.FoundAsync(registry);
        var person = await town.AppointAsync("DPO");
        var context = string.Format(form, person, DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds());
        var key = falsely ? new byte[32] : registry.Keys.Derive("context");
        var error = await Assert.ThrowsAsync<PostgresException>(() => AsAsync(context, key, "select count(*) from app.person"));
        Assert.Equal("42501", error.SqlState);
        Assert.Contains(message, error.MessageText);
    }

    [Fact]
    [Trait("S", "52")]
    public async Task A_context_whose_person_was_exchanged_after_signing_is_refused()
    {
        var (a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (mine, theirs) = (await a.AppointAsync("DPO"), await b.AppointAsync("DPO"));
        var (context, mac) = Scope.ForPerson(mine).Sign(registry.Keys.Derive("context"), DateTimeOffset.UtcNow);
        var error = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(context.Replace(mine.ToString(), theirs.ToString()), mac, "select count(*) from app.person"));
        Assert.Equal("42501", error.SqlState);
    }

    [Fact]
    [Trait("S", "51")]
    public async Task On_the_pages_of_one_organisation_the_transaction_reaches_no_other()
    {
        var (a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var officer = await a.AppointAsync("DPO");
        Assert.Equal(2, await AsPersonAsync(officer, "select count(*) from app.organisation"));
        foreach (var (slug, seen) in new[] { (a.Slug, 1), (b.Slug, 0), ("nulle-part", 0) })
        {
            var (context, mac) = Scope.ForPersonIn(officer, slug).Sign(registry.Keys.Derive("context"), DateTimeOffset.UtcNow);
            Assert.Equal(seen, await RunAsync(context, mac, "select count(*) from app.organisation"));
            Assert.Equal(seen, await RunAsync(context, mac, "select coalesce(cardinality(app.content_organisations()), 0)"));
            Assert.Equal(2, await RunAsync(context, mac, "select organisations from app.reach_size()"));
        }
    }

    [Fact]
    [Trait("S", "52")]
    public async Task A_reach_written_by_hand_or_brought_from_elsewhere_opens_nothing()
    {
        var (a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (mine, theirs) = (await a.AppointAsync("DPO"), await b.AppointAsync("DPO"));
        var (context, mac) = Scope.ForPerson(theirs).Sign(registry.Keys.Derive("context"), DateTimeOffset.UtcNow);
        await using var super = await registry.SuperuserAsync();
        await using var transaction = await super.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await super.ExecuteAsync("select set_config('app.ctx', @context, true), set_config('app.mac', @mac, true)", new { context, mac });
        await super.ExecuteAsync("select app.organisations()");
        var (reach, seal) = await super.QuerySingleAsync<(string, string)>("select current_setting('app.reach'), current_setting('app.reach_seal')");
        Assert.Contains(b.Id.ToString(), reach);
        foreach (var (forged, with) in new[] { (reach, seal), (reach, ""), ("nonsense", seal), ("", "") })
        {
            // Before the first look and after it.
            Assert.Equal(0, await AfterAsync("select 1", $"select count(*) from app.organisation where id = '{b.Id}'"));
            Assert.Equal(2, await AfterAsync("select app.organisations()", "select count(*) from app.organisation"));

            // As it is before the first look, and after it.
            Task<int> AfterAsync(string first, string then)
            {
                var (context, mac) = Scope.ForPerson(mine).Sign(registry.Keys.Derive("context"), DateTimeOffset.UtcNow);
                return RunAsync(context, mac, then, before: $"{first}; select set_config('app.reach', '{forged}', true), set_config('app.reach_seal', '{with}', true)");
            }
        }
    }

    [Fact]
    [Trait("S", "06")]
    public async Task What_ends_an_appointment_takes_effect_in_the_same_transaction()
    {
        var town = await Town.FoundAsync(registry);
        var officer = await town.AppointAsync("DPO");
        var (context, mac) = Scope.ForPerson(officer).Sign(registry.Keys.Derive("context"), DateTimeOffset.UtcNow);
        await using var super = await registry.SuperuserAsync();
        await using var transaction = await super.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await super.ExecuteAsync("select set_config('app.ctx', @context, true), set_config('app.mac', @mac, true)", new { context, mac });
        Assert.Equal(2, await super.ExecuteScalarAsync<int>("select cardinality(app.organisations())"));
        await super.ExecuteAsync("update app.appointment set end_on = start_on - 1 where person_id = @officer", new { officer });
        Assert.Equal(0, await super.ExecuteScalarAsync<int>("select coalesce(cardinality(app.organisations()), 0)"));
    }

    [Fact]
    [Trait("S", "51")]
    public async Task A_person_sees_no_row_of_another_town_in_any_table()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        var tables = await TownEvidence.TenantTablesAsync(registry);
        await using var super = await registry.SuperuserAsync();
        var people = (await super.QueryAsync<(string Kind, Guid Id)>("select kind, person_id from app.appointment where organisation_id = any(@ids)", new { ids = new[] { towns.A.Id, towns.A.LeadId } })).ToList();
        Assert.True(people.Count >= 13);
        foreach (var (kind, person) in people)
        {
            foreach (var table in Readable(tables))
            {
                Assert.True(await AsPersonAsync(person, $"select count(*) from {table} where organisation_id = any('{{{towns.B.Id},{towns.B.LeadId}}}')") == 0, $"{kind} sees {table} of the other town");
                // The same question widened by hand finds nothing more.
                Assert.True(await AsPersonAsync(person, $"select count(*) from {table} where organisation_id not in ('{towns.A.Id}', '{towns.A.LeadId}', '{towns.Neighbour.Id}') or true and organisation_id = '{towns.B.Id}'") == 0, $"{kind} {table}");
            }
            Assert.Equal(0, await AsPersonAsync(person, $"select count(*) from app.organisation where id = '{towns.B.Id}'"));
        }
    }

    [Theory]
    [Trait("S", "51")]
    [Trait("S", "60")]
    [InlineData("insert into app.org_unit (organisation_id, id, name) values ('{B}', gen_random_uuid(), 'Intrus')")]
    [InlineData("insert into app.appointment (organisation_id, id, person_id, kind, start_on, act_type, act_date) values ('{B}', gen_random_uuid(), '{me}', 'DPO', '2024-01-01', 'LETTER', '2024-01-01')")]
    [InlineData("update app.org_unit set organisation_id = '{B}'")]
    [InlineData("insert into app.mutualisation (organisation_id, area_id, from_on) values ('{B}', '{area}', '2024-01-01')")]
    [InlineData("select app.join_area('{B}', '{area}', '2024-01-01')")]
    [InlineData("update app.mutualisation set to_on = current_date")]
    [InlineData("select app.leave_area('{B}', '{area}', current_date, 'Intrus')")]
    [InlineData("select app.leave_area('{B}', '{areaB}', current_date, 'Intrus')")]
    [InlineData("select app.entrust('{B}', '{area}', current_date)")]
    [InlineData("select history.head('{B}')")]
    [InlineData("select history.append('{B}', 1, '\\x', now(), null, 'DPO', 'X', 'X', null, 'X', 'X', '\\x', '', sha256(''), '\\x', '\\x', '')")]
    [InlineData("insert into history.event select * from history.event limit 1")]
    [InlineData("update history.event set action = 'NOTHING'")]
    [InlineData("update history.detail set details = ''")]
    [InlineData("delete from history.event")]
    [InlineData("truncate history.event")]
    [InlineData("select count(*) from history.chain")]
    [InlineData("select count(*) from guard.context_key")]
    [InlineData("select count(*) from identity.account")]
    [InlineData("delete from app.org_unit")]
    [InlineData("alter table app.org_unit disable row level security")]
    [InlineData("create table app.mine (id int)")]
    [InlineData("set role app_owner; select count(*) from app.person")]
    [InlineData("set session authorization app_guard; select count(*) from guard.context_key")]
    [InlineData("update app.record_version set content = ''")]
    public async Task What_reaches_over_the_wall_is_refused(string sql)
    {
        var (a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var person = await a.AppointAsync("DPO");
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            await (await db.OpenAsync()).ExecuteAsync("insert into org_unit (organisation_id, id, name) values (@Id, @id, 'Accueil')", new { a.Id, id = Guid.CreateVersion7() });
            journal.Record(new Registry.History.Event(a.Id, "TEST", "UNIT", null, new Registry.History.EventDetails()));
            return 0;
        });
        var before = await TownEvidence.OfAsync(registry, b);
        var error = await Assert.ThrowsAsync<PostgresException>(() => AsPersonAsync(person,
            sql.Replace("{B}", b.Id.ToString()).Replace("{me}", person.ToString()).Replace("{area}", a.AreaId.ToString()).Replace("{areaB}", b.AreaId.ToString())));
        Assert.Equal("42501", error.SqlState);
        Assert.Equal(before, await TownEvidence.OfAsync(registry, b));
    }

    [Theory]
    [Trait("S", "51")]
    [InlineData("update app.org_unit set name = 'Intrus' where organisation_id = '{B}'")]
    [InlineData("update app.organisation set name = 'Intrus' where id = '{B}'")]
    [InlineData("update app.processing_record set title = 'Intrus' where organisation_id = '{B}'")]
    public async Task A_change_aimed_at_another_town_finds_nothing(string sql)
    {
        var towns = await TwoTowns.FoundAsync(registry);
        var before = await TownEvidence.OfAsync(registry, towns.B);
        await AsPersonAsync(await towns.A.AppointAsync("DPO_ASSISTANT"), sql.Replace("{B}", towns.B.Id.ToString()) + "; select 0");
        Assert.Equal(before, await TownEvidence.OfAsync(registry, towns.B));
    }

    /// <summary>A body of one's own cannot be moved either: its officer does not entrust it elsewhere, nor is its past rewritten.</summary>
    [Theory]
    [Trait("S", "51")]
    [InlineData("DPO", "select app.entrust('{A}', '{areaB}', current_date + 1)")]
    [InlineData("CORRESPONDENT", "select app.entrust('{A}', '{areaB}', current_date + 1)")]
    [InlineData("LEGAL_REPRESENTATIVE", "select app.leave_area('{A}', '{area}', current_date, 'Assez')")]
    [InlineData("DPO_ASSISTANT", "select app.leave_area('{A}', '{area}', current_date, 'Assez')")]
    [InlineData("PLATFORM_ADMIN", "select app.leave_area('{A}', '{area}', current_date, 'Assez')")]
    [InlineData("PLATFORM_ADMIN", "select app.entrust('{A}', '{areaB}', current_date + 1)")]
    public async Task Who_may_not_move_a_body_between_areas_is_refused_by_the_database(string kind, string sql)
    {
        var (a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await b.AppointAsync("DPO");
        var person = await a.AppointAsync(kind);
        var error = await Assert.ThrowsAsync<PostgresException>(() => AsPersonAsync(person, sql.Replace("{A}", a.Id.ToString()).Replace("{areaB}", b.AreaId.ToString()).Replace("{area}", a.AreaId.ToString())));
        Assert.Equal("42501", error.SqlState);
    }

    [Fact]
    [Trait("S", "51")]
    public async Task The_history_of_an_area_is_empty_for_others_and_a_body_is_not_entrusted_twice()
    {
        var (a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            await db.OpenAsync();
            journal.Record(new Registry.History.Event(a.LeadId, "TEST", "AREA", a.AreaId, new Registry.History.EventDetails()));
            return 0;
        });
        var (mine, theirs, mayor) = (await a.AppointAsync("DPO"), await b.AppointAsync("DPO"), await a.AppointAsync("LEGAL_REPRESENTATIVE"));
        Assert.Equal(0, await AsPersonAsync(theirs, $"select count(*) from app.area_history('{a.AreaId}')"));
        Assert.Equal(0, await AsPersonAsync(mayor, $"select count(*) from app.area_history('{a.AreaId}')"));
        await using var web = await WebAsync();
        Assert.Equal(0, await web.ExecuteScalarAsync<int>($"select count(*) from app.area_history('{a.AreaId}')"));
        Assert.Equal(0, await web.ExecuteScalarAsync<int>("select count(*) from app.areas_to_join()"));
        Assert.Equal(1, await AsPersonAsync(mine, $"select count(*) from app.area_history('{a.AreaId}')"));
        Assert.Equal(1, await AsPersonAsync(mayor, $"select (app.entrust('{a.Id}', '{b.AreaId}', current_date + 1) = 'SERVED')::int"));
        Assert.Equal(1, await AsPersonAsync(mayor, $"select (app.entrust('{a.Id}', '{b.AreaId}', current_date - 10) = 'PAST')::int"));
    }

    /// <summary>A provider that could name any commune as its client would open files in it and write lines into its chain.</summary>
    [Fact]
    [Trait("S", "51")]
    public async Task Nobody_makes_a_party_of_an_organisation_out_of_her_reach()
    {
        var (provider, commune, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (_, own, _) = await TownConvention.AddAsync(registry, provider, "Convention du prestataire");
        var (_, bound, _) = await TownConvention.AddAsync(registry, commune, "Convention de la commune", provider.Id);
        var (helpdesk, officer) = (await provider.AppointAsync("HELPDESK_AGENT"), await commune.AppointAsync("DPO"));
        string Name(Town keeper, Guid convention, Town party) =>
            $"with added as (insert into app.convention_party (organisation_id, convention_id, position, name, party_organisation_id, role) values ('{keeper.Id}', '{convention}', 9, 'Partie', '{party.Id}', 'BENEFICIARY') returning 1) select count(*) from added";
        foreach (var (who, statement) in new[]
            {
                (helpdesk, Name(provider, own, stranger)), (officer, Name(commune, bound, stranger)),
                (helpdesk, $"with changed as (update app.convention_party set party_organisation_id = '{stranger.Id}' where convention_id = '{own}' returning 1) select count(*) from changed"),
            })
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => AsPersonAsync(who, statement));
            Assert.Equal(("42501", "a party out of reach"), (error.SqlState, error.MessageText));
        }
        // Within reach, or named by the convention already: a text is put in another order.
        Assert.Equal(1, await AsPersonAsync(helpdesk, Name(provider, own, provider)));
        Assert.Equal(1, await AsPersonAsync(officer, Name(commune, bound, provider)));
    }

    /// <summary>The trigger "proved" (S-60): without its event no change is kept, not even in one's own town.</summary>
    [Fact]
    [Trait("S", "60")]
    public async Task A_change_without_its_event_is_refused_at_commit()
    {
        var town = await Town.FoundAsync(registry);
        var person = await town.AppointAsync("DPO");
        var (context, mac) = Scope.ForPerson(person).Sign(registry.Keys.Derive("context"), DateTimeOffset.UtcNow);
        var error = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(context, mac, $"insert into app.org_unit (organisation_id, id, name) values ('{town.Id}', gen_random_uuid(), 'Muet'); select 0", commit: true));
        Assert.Contains("without its event", error.MessageText);
    }

    /// <summary>Without what the web may not even look into, and what is nobody's: which days are holidays is public.</summary>
    private static IEnumerable<string> Readable(IReadOnlyList<string> tables) => tables.Except(["history.chain", "app.outbox_mail", "app.holiday_correction"]);

    private Task<int> AsPersonAsync(Guid person, string sql)
    {
        var (context, mac) = Scope.ForPerson(person).Sign(registry.Keys.Derive("context"), DateTimeOffset.UtcNow);
        return RunAsync(context, mac, sql);
    }

    private Task<int> AsAsync(string context, byte[] key, string sql) =>
        RunAsync(context, Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes(context))), sql);

    private async Task<int> RunAsync(string context, string mac, string sql, bool commit = false, string? before = null)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await WebAsync();
        await using var transaction = await web.BeginTransactionAsync(stop);
        await web.ExecuteAsync("select set_config('app.ctx', @context, true), set_config('app.mac', @mac, true)", new { context, mac });
        if (before is not null) await web.ExecuteAsync(before);
        var answer = await web.ExecuteScalarAsync(sql);
        if (commit) await transaction.CommitAsync(stop);
        else await transaction.RollbackAsync(stop);
        return answer is long or int ? Convert.ToInt32(answer) : -1;
    }

    private async Task<NpgsqlConnection> WebAsync()
    {
        var connection = new NpgsqlConnection(Database.ForRole(registry.ConnectionString, "app_web", registry.Keys).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
