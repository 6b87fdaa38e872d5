using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>Somebody without an account who knows the number and the code of her request.</summary>
internal static partial class Citizen
{
    public static async Task<string> CodeAsync(RegistryFixture registry, Town town, string reference) =>
        registry.Services.GetRequiredService<Portal>().CodeOf(await IdAsync(registry, town, reference));

    public static async Task<Guid> IdAsync(RegistryFixture registry, Town town, string reference)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.QuerySingleAsync<Guid>("select id from app.rights_request where organisation_id = @Id and number = @number", new { town.Id, number = int.Parse(reference.Split('-')[2], null) });
    }

    /// <summary>On the page of her request.</summary>
    public static async Task<Visit> EnterAsync(RegistryFixture registry, Town town, string reference)
    {
        var visit = registry.Browse();
        var form = Forms.Of(await visit.GetAsync($"/c/{town.Slug}/suivi")).Single();
        var entered = await visit.PostAsync(form.Action, form.With(("Number", reference), ("Code", await CodeAsync(registry, town, reference))));
        Assert.True(entered.Status == HttpStatusCode.Redirect, entered.ToString());
        return visit;
    }

    public static async Task<Answer> OpenAsync(Visit visit, Town town) => await visit.GetAsync($"/c/{town.Slug}/suivi");

    public static SentForm FormTo(Answer page, string part) => Forms.Of(page).Single(form => form.Action.Contains(part, StringComparison.Ordinal));

    public static async Task ActAsync(Visit visit, string home, string slug, params (string, string)[] fields)
    {
        var form = Forms.Of(await visit.GetAsync($"{home}/actes/{slug}")).Single();
        var done = await visit.PostAsync(form.Action, form.With(fields));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
    }

    /// <summary>The addresses that the mails of the town hold, the newest last.</summary>
    public static async Task<IReadOnlyList<string>> LinksAsync(RegistryFixture registry, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return [.. (await connection.QueryAsync<string>("select body from app.outbox_mail where organisation_id = @Id order by created_at, id", new { town.Id })).SelectMany(body => Link().Matches(body).Select(match => new Uri(match.Value).AbsolutePath))];
    }

    [GeneratedRegex(@"https://localhost/c/\S+/suivi/(?:lien|justificatif)/\S+")]
    private static partial Regex Link();
}
