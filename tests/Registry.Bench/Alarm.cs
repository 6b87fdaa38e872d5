using System.Diagnostics;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Registry.Data;
using Registry.History;
using Registry.Identity;

namespace Registry.Bench;

/// <summary>One incident at a provider of a hundred communes, as its help desk raises it: from the press of the button until the files are open, and until the officer's list shows them.</summary>
public sealed partial class Alarm(HttpClient client, Served product, string connectionString, Keys keys)
{
    private readonly Dictionary<string, string> _cookies = [];

    public async Task<(TimeSpan Open, TimeSpan Listed, int Communes)> RunAsync(string officer)
    {
        var desk = await FoundAsync();
        var form = Hidden().Matches((await SendAsync(HttpMethod.Get, "o/bench-prestataire/incidents/nouveau", desk, null)).Text).Select(field => (field.Groups[1].Value, field.Groups[2].Value)).DistinctBy(field => field.Item1);
        var watch = Stopwatch.StartNew();
        await SendAsync(HttpMethod.Post, "o/bench-prestataire/incidents/nouveau", desk, [.. form, ("Form.Title", "Sauvegardes lues par un tiers"), ("Picked.Scope", "ALL")]);
        var open = watch.Elapsed;
        _cookies.Clear();
        var list = (await SendAsync(HttpMethod.Get, "violations", officer, null)).Text;
        if (!list.Contains("Sauvegardes lues par un tiers", StringComparison.Ordinal)) throw new InvalidOperationException("The officer does not see the files.");
        var listed = watch.Elapsed;
        await using var connection = new NpgsqlConnection(connectionString);
        return (open, listed, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.breach where provider_incident_id is not null"));
    }

    /// <summary>A provider that serves every commune under one convention, and the session of its help desk.</summary>
    private async Task<string> FoundAsync()
    {
        var (provider, convention, person) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var connection = new NpgsqlConnection(connectionString))
            await connection.ExecuteAsync(
                """
                set session_replication_role = replica; set search_path = app;
                insert into organisation (id, slug, name, type, territory, time_zone) values (@provider, 'bench-prestataire', 'Syndicat', 'CCAS', 'METRO', 'Europe/Paris');
                insert into convention (organisation_id, id, number, title, status, keeper_name, territory, signed_on, effective_on, tracked_on, sheet, created_at, updated_at, updated_by)
                values (@provider, @convention, 1, 'Hébergement', 'IN_FORCE', 'Syndicat', 'METRO', '2025-01-01', '2025-01-01', '2025-01-01', '{}', now(), now(), 'bench');
                insert into convention_party (organisation_id, convention_id, position, name, party_organisation_id, role, gdpr_role) values (@provider, @convention, 0, 'Syndicat', @provider, 'PROVIDER', 'PROCESSOR');
                insert into convention_party (organisation_id, convention_id, position, name, party_organisation_id, role, gdpr_role)
                select @provider, @convention, row_number() over (), name, id, 'BENEFICIARY', 'CONTROLLER' from organisation where insee_code is not null;
                insert into person (organisation_id, id, first_name, last_name) values (@provider, @person, 'Agent', 'Assistance');
                insert into appointment (organisation_id, id, person_id, kind, start_on, act_type, act_date) values (@provider, @person, @person, 'HELPDESK_AGENT', '2024-01-01', 'LETTER', '2024-01-01')
                """,
                new { provider, convention, person });
        await using var database = new Database(connectionString, keys, NullLoggerFactory.Instance);
        var services = new ServiceCollection().AddLogging().AddSingleton(database).AddSingleton(keys).AddSingleton<Chain>().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        await using var built = services.AddSignIn(demo: true).BuildServiceProvider();
        await built.GetRequiredService<Accounts>().CreateDemoAsync(person, "Agent Assistance", "bench-assistance@exemple.fr", "bench-assistance", "HELPDESK_AGENT");
        var account = (await built.GetRequiredService<Accounts>().FindDemoAsync("bench-assistance")) ?? throw new InvalidOperationException("Nobody enters the help desk.");
        return $"{SessionCookie.Name}={await built.GetRequiredService<Sessions>().BeginAsync(account.Id, account.PersonId, "bench")}";
    }

    private async Task<(string Text, string? Location)> SendAsync(HttpMethod method, string path, string session, IEnumerable<(string Name, string Value)>? fields)
    {
        using var request = new HttpRequestMessage(method, product.At(path));
        request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}").Prepend(session)));
        if (fields is not null) request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await client.SendAsync(request);
        if ((int)answer.StatusCode >= 400) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            if (cookie.Split(';')[0].Split('=', 2) is [var name, var value]) _cookies[name] = value;
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString());
    }

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>""")]
    private static partial Regex Hidden();
}
