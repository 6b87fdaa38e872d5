using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features;

/// <summary>
/// Every form of every page with what no form expects: never a fault of ours, never a lost text, always a French sentence (S-10).
/// The pages come from the router, their forms and fields from the pages.
/// </summary>
[Trait("Kind", "pages")]
[Trait("S", "10")]
public sealed class BadInputTests(RegistryFixture registry)
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("Une page de texte, collée d’un autre document. ", 4300));  // 40 pages, 200 kB

    private static readonly string[] Texts =
    [
        "👩‍💻🏳️‍🌈 état civil", "שלום عليكم \u202Erenversé\u202C", "e\u0301te\u0301 Z\u0351\u036B\u0343\u036A\u0302", "\u0001\u0007\u001b[31m", "a\0b", "\ud800", "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "'; drop table app.person; --", "%' or 1=1 -- \\", "\uFB2C\uFB2C\uFFFF\uFDD0", "31/02/2026", "-1", "99999999999999999999999", "null", "{{7*7}}${7*7}@(7*7)", "\r\n\r\nSet-Cookie: a=b", "   ",
    ];

    /// <summary>Every form five times, each field with another text each time; over all forms every text meets every kind of field.</summary>
    [Fact]
    [Trait("S", "11")]
    [Trait("S", "12")]
    public async Task A_strange_text_in_every_field_is_kept_or_refused_and_never_lost()
    {
        var (turn, faults) = (0, new List<string>());
        await foreach (var (who, first, path) in FormsAsync())
        {
            var form = first;
            for (var round = 0; round < 5 && form is not null; round++)
            {
                var typed = form.Fields.Where(field => field.Kind == FormFieldKind.Text).DistinctBy(field => field.Name).Select((field, place) => (field.Name, Value: Texts[(place + turn) % Texts.Length])).ToList();
                if (typed.Count == 0) break;
                turn++;
                var answer = await who.PostAsync(form.Action, form.With([.. typed]));
                faults.AddRange(Faults(path, answer, typed.ToDictionary(field => field.Name, field => field.Value)));
                if (answer.Html.QuerySelector("main script, main img[onerror]") is not null) faults.Add($"{path}: what was typed became markup");
                form = Forms.Of(await who.GetAsync(path)).FirstOrDefault(other => other.Action == form.Action && other.Fields.Any(field => field.Name == typed[0].Name));
            }
        }
        Assert.True(turn > 5 * Texts.Length, $"{turn} turns");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct().Take(60)));
    }

    [Fact]
    public async Task Forty_pages_of_text_come_back_whole_with_an_error_by_the_field()
    {
        var faults = new List<string>();
        var seen = new HashSet<string>();
        await foreach (var (who, form, path) in FormsAsync())
            foreach (var field in form.Fields.Where(field => field.Kind == FormFieldKind.Text && !IsDate(field.Name) && seen.Add(Kind(path) + Rowless(field.Name))))
            {
                var answer = await who.PostAsync(form.Action, form.With((field.Name, Long)));
                if (answer.Status == HttpStatusCode.Redirect) faults.Add($"{path} {field.Name}: 200 000 characters were taken");
                faults.AddRange(Faults(path, answer, new() { [field.Name] = Long }));
                if (answer.Status != HttpStatusCode.Redirect && ErrorsOf(answer).Length == 0) faults.Add($"{path} {field.Name}: no error is shown");
            }
        Assert.True(seen.Count > 40, $"{seen.Count} fields");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(60)));
    }

    private static readonly (string Day, string Month, string Year)[] Days =
    [
        ("31", "02", "2026"), ("29", "02", "2025"), ("1", "1", "1899"), ("1", "1", "2101"), ("-1", "13", "20260"), ("un", "mai", "deux mille"), ("2147483648", "99999999999999", "0x7E"), ("1", "", ""),
    ];

    [Fact]
    public async Task A_day_that_does_not_exist_is_refused_and_kept_as_typed()
    {
        var (tried, faults) = (0, new List<string>());
        await foreach (var (who, form, path) in FormsAsync())
            foreach (var name in form.Fields.Where(field => field.Name.EndsWith(".Day", StringComparison.Ordinal)).Select(field => field.Name[..^4]).DistinctBy(Rowless))
                foreach (var (day, month, year) in Days)
                {
                    tried++;
                    var answer = await who.PostAsync(form.Action, form.With((name + ".Day", day), (name + ".Month", month), (name + ".Year", year)));
                    if (answer.Status != HttpStatusCode.BadRequest) faults.Add($"{path} {name}: {(int)answer.Status}");
                    else if (ErrorsOf(answer).Length == 0) faults.Add($"{path} {name}: no error is shown");
                    faults.AddRange(Faults(path, answer, new() { [name + ".Day"] = day, [name + ".Month"] = month, [name + ".Year"] = year }));
                }
        Assert.True(tried >= 4 * Days.Length, $"{tried} dates");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static readonly string[] Codes = ["PAS_UN_CODE", "-1", "' or 1=1 --", "99999999999999999999", "true\0"];

    [Fact]
    public async Task An_unknown_code_or_a_changed_hidden_field_is_no_fault_of_ours()
    {
        var turn = 0;
        var faults = new List<string>();
        await foreach (var (who, form, path) in FormsAsync())
            foreach (var field in form.Fields.Where(field => field.Kind != FormFieldKind.Text && field.Name != "__RequestVerificationToken").DistinctBy(field => Rowless(field.Name)))
            {
                var answer = await who.PostAsync(form.Action, form.With((field.Name, Codes[turn++ % Codes.Length])));
                faults.AddRange(Faults($"{path} {field.Name}", answer, []));
                // A sub-purpose is named in its own words, and a rule of retention may have gone from the other section meanwhile.
                if (field.Kind == FormFieldKind.Choice && !field.Name.EndsWith("].AppliesTo", StringComparison.Ordinal) && !field.Name.EndsWith("].RetentionRule", StringComparison.Ordinal)
                    && answer.Status == HttpStatusCode.Redirect) faults.Add($"{path} {field.Name}: the unknown code was taken");
            }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Fact]
    public async Task Keys_sent_twice_and_keys_missing_are_no_fault_of_ours()
    {
        var faults = new List<string>();
        await foreach (var (who, form, path) in FormsAsync())
        {
            faults.AddRange(Faults(path + " twice", await who.PostAsync(form.Action, [.. form.With(), .. form.With()]), []));
            faults.AddRange(Faults(path + " nothing", await who.PostAsync(form.Action, [.. form.With().Where(field => field.Name == "__RequestVerificationToken")]), []));
            faults.AddRange(Faults(path + " odd keys", await who.PostAsync(form.Action, [.. form.With(), ("Form[0", "x"), ("Form.LegalBases[-1].Basis", "x"), ("Form.LegalBases[99999999].Basis", "x"), ("", "x"), ("Form", "x"), ("rows", "add:Purpose:x"), ("\0", "\0")]), []));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Fact]
    [Trait("S", "19")]
    public async Task Without_its_token_a_form_comes_back_as_a_page_that_has_expired_with_what_was_typed()
    {
        var (tried, faults) = (0, new List<string>());
        await foreach (var (who, form, path) in FormsAsync())
            foreach (var token in new[] { null, "faux" })
            {
                var text = form.Fields.FirstOrDefault(field => field.Kind == FormFieldKind.Text);
                var fields = form.With(text is null ? [] : [(text.Name, "Un texte assez long pour qu’on tienne à lui")]).Where(field => field.Name != "__RequestVerificationToken");
                var answer = await who.PostAsync(form.Action, [.. fields, .. token is null ? Array.Empty<(string, string)>() : [("__RequestVerificationToken", token)]]);
                tried++;
                if (answer.Status != HttpStatusCode.BadRequest || !answer.Text.Contains("La page a expiré", StringComparison.Ordinal)) faults.Add($"{path}: {answer}");
                else if (text is not null && !answer.Text.Contains("Un texte assez long", StringComparison.Ordinal)) faults.Add($"{path}: the typed text is gone");
                else if (text is not null && (await who.PostAsync(form.Action, Forms.Of(answer).Single().With())).Text.Contains("La page a expiré", StringComparison.Ordinal)) faults.Add($"{path}: what came back cannot be sent again");
            }
        Assert.True(tried > 30);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_form_of_501_keys_is_refused()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/services"))[^1];
        var answer = await officer.PostAsync(form.Action, [.. form.With(("Form.Name", "Xylotheque")), .. Enumerable.Range(0, 501).Select(i => ($"k{i}", "v"))]);
        Assert.True(answer.Status == HttpStatusCode.BadRequest, answer.ToString());
        Assert.DoesNotContain("Xylotheque", (await officer.GetAsync($"{town.Home}/services")).Text);
    }

    /// <summary>The columns that a form must not reach (S-04): the same words, sent as if the form had them.</summary>
    [Fact]
    [Trait("S", "4")]
    public async Task Fields_that_no_form_has_change_nothing()
    {
        var town = await Town.FoundAsync(registry);
        var other = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/traitements/{reference}/modifier/publication")).Single();
        string[] names = ["Status", "State", "OrganisationId", "organisation_id", "Organisation", "Number", "AuthorId", "Version", "PublishedVersion", "ModelCode", "CreatedAt", "ValidatedBy", "Id"];
        var extra = names.SelectMany(name => new[] { name, "Form." + name, "Record." + name, "Reading.Record." + name, "Form.Identification." + name })
            .Select(name => (name, name.EndsWith("rganisationId", StringComparison.Ordinal) || name.EndsWith("Id", StringComparison.Ordinal) ? other.Id.ToString() : name.EndsWith("Version", StringComparison.Ordinal) || name.EndsWith("Number", StringComparison.Ordinal) ? "99" : "PUBLISHED"));
        var answer = await officer.PostAsync(form.Action, [.. form.With(("Form.InternalNotes", "Une note")), .. extra]);
        Assert.True(answer.Status == HttpStatusCode.Redirect, answer.ToString());

        await using var connection = await registry.SuperuserAsync();
        var row = await Dapper.SqlMapper.QuerySingleAsync<(string Status, int Number, int Version, int? Published, string Model, string Notes)>(connection,
            "select status, number, version, published_version, model_code, sheet #>> '{publication,internalNotes}' from app.processing_record where organisation_id = @Id", new { town.Id });
        Assert.Equal(("DRAFT", 1, 2, null, "ETAT_CIVIL", "Une note"), row);
        Assert.Equal(0, await Dapper.SqlMapper.ExecuteScalarAsync<int>(connection, "select count(*) from app.processing_record where organisation_id = @Id", new { other.Id }));

        var profile = Forms.Of(await officer.GetAsync($"{town.Home}/profil")).Single();
        await officer.PostAsync(profile.Action, [.. profile.With(("Form.City", "Brest")), ("Form.Status", "CLOSED"), ("Form.Type", "COMPANY"), ("Form.Slug", "autre"), ("Form.Id", other.Id.ToString()), ("Form.TimeZone", "Mars"), ("Organisation.Name", "Autre"), ("Form.Name", "Autre")]);
        Assert.Equal((town.Slug, town.Name, "CCAS", "ACTIVE", "Brest"), await Dapper.SqlMapper.QuerySingleAsync<(string, string, string, string, string)>(connection,
            "select slug, name, type, status, city from app.organisation where id = @Id", new { town.Id }));
    }

    private static readonly string[] Queries =
    [
        "page=1000000000", "page=-1", "page=99999999999999999999", "page=abc&etat=inconnu&rubrique=../..&moi=x", "q=''''\"\"\"%25%25%25___\\\\", "q=%25", "q=a%00b", "q=%ED%A0%80%FF%FE",
        "q=a&q=b&page=1&page=2", "q=" + new string('a', 3900), "version=99999999999&code=RIEN&main=1&main=2",
    ];

    [Fact]
    public async Task Any_query_to_any_page_is_answered()
    {
        var towns = await TwoTowns.FoundAsync(registry, "DPO");
        foreach (var page in (await Site.PagesAsync(registry)).Where(page => !page.Template.Contains("{token", StringComparison.Ordinal) && page.Name != "/Shared/Error"))
        {
            var path = towns.At(page);
            foreach (var query in Queries)
            {
                var answer = await towns.OfA["DPO"].GetAsync(path + "?" + query);
                Assert.True((int)answer.Status < 500, $"{path}?{query}: {answer}");
            }
        }
    }

    [Theory]
    [InlineData("/o/{slug}/traitements/T-99999999999")]
    [InlineData("/o/{slug}/traitements/x")]
    [InlineData("/o/%F0%9F%98%80/profil")]
    [InlineData("/o/{slug}/traitements/T-0001/modifier/nulle-part")]
    [InlineData("/o/{slug}/traitements/T-0001/actes/rien")]
    [InlineData("/o/{slug}/traitements/T-0001/versions/99999999999")]
    [InlineData("/o/{slug}/traitements/T-0001/versions/-1")]
    [InlineData("/o/{slug}/designations/pas-un-guid/fin")]
    [InlineData("/o/{slug}/designations/00000000-0000-0000-0000-000000000000/fin")]
    [InlineData("/modeles/RIEN")]
    public async Task An_address_that_leads_nowhere_is_not_found(string path)
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");
        var answer = await officer.GetAsync(path.Replace("{slug}", town.Slug));
        Assert.True(answer.Status == HttpStatusCode.NotFound, answer.ToString());
        Assert.Contains("Page introuvable", answer.Text);
    }

    [Theory]
    [InlineData("PUT", "/aide")]
    [InlineData("DELETE", "/o/{slug}/services")]
    [InlineData("PATCH", "/o/{slug}/profil")]
    [InlineData("POST", "/aide")]
    [InlineData("POST", "/o/{slug}")]
    [InlineData("OPTIONS", "/")]
    [InlineData("TRACE", "/")]
    [InlineData("GET", "/langue")]
    [InlineData("POST", "/sante/vivant")]
    [Trait("S", "20")]
    public async Task A_method_that_a_page_does_not_declare_is_refused(string method, string path)
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var token = (await officer.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{slug}", town.Slug));
        if (method == "POST") request.Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        var answer = await Answer.ReadAsync(await officer.SendAsync(request));
        Assert.True(answer.Status == HttpStatusCode.MethodNotAllowed, answer.ToString());
    }

    private static bool IsDate(string name) => name.EndsWith(".Day", StringComparison.Ordinal) || name.EndsWith(".Month", StringComparison.Ordinal) || name.EndsWith(".Year", StringComparison.Ordinal);

    private static string Rowless(string name) => System.Text.RegularExpressions.Regex.Replace(name, @"\[\d+\]", "[]");

    private static string Kind(string path) => path[(path.IndexOf('/', 3) + 1)..];

    /// <summary>Every form of every page of a town, each on a page that has not been posted to before, by somebody who may send it.</summary>
    private async IAsyncEnumerable<(Visit Who, SentForm Form, string Path)> FormsAsync()
    {
        var towns = await TwoTowns.FoundAsync(registry, "DPO", "CORRESPONDENT", "LEGAL_REPRESENTATIVE", "HELPDESK_AGENT", "PLATFORM_ADMIN");
        var tried = 0;
        // A piece of an answer has no page of its own: its button stands on the page of the request. In these towns nobody measures: their provider is no organisation.
        foreach (var page in (await Site.PagesAsync(registry)).Where(page => page.PostHandlers.Count > 0 && page.Name is not ("/Shared/Error" or "/Requests/Piece" or "/Conventions/Measure") && !page.Template.Contains("{token", StringComparison.Ordinal) && !page.Name.StartsWith("/Accounts/", StringComparison.Ordinal))
            .OrderBy(page => page.Name == "/Records/Act"))  // an act moves the record on, and its other pages close
            foreach (var (who, path) in Variants(towns, page))
            {
                var shown = await who.GetAsync(path);
                Assert.True(shown.Status == HttpStatusCode.OK, shown.ToString());
                foreach (var form in Forms.Of(shown).DistinctBy(form => string.Join(' ', form.Fields.Select(field => field.Name))))
                {
                    tried++;
                    yield return (who, form, path);
                }
            }
        using var nobody = registry.Browse();
        foreach (var path in new[] { "/connexion", "/mot-de-passe-oublie" })
            foreach (var form in Forms.Of(await nobody.GetAsync(path)))
                yield return (nobody, form, path);
        Assert.True(tried > 20, $"{tried} forms");
    }

    private static IEnumerable<(Visit Who, string Path)> Variants(TwoTowns towns, SitePage page)
    {
        var (officer, mayor) = (towns.OfA["DPO"], towns.OfA["LEGAL_REPRESENTATIVE"]);
        string With(params (string Name, string Value)[] holes) => page.At(new Dictionary<string, string>(towns.Holes(page)).Concat(holes.Select(hole => KeyValuePair.Create(hole.Name, hole.Value))).GroupBy(hole => hole.Key).ToDictionary(group => group.Key, group => group.Last().Value));
        return page.Name switch
        {
            "/Records/Edit" => SheetSections.All.Select(section => (officer, With(("section", section.Key)))),
            "/Records/Act" => [(officer, With(("act", "soumettre"))), (officer, With(("act", "abandonner"))), (mayor, With(("act", "archiver"), ("reference", towns.Address["published"])))],
            "/Records/Return" => [(officer, With(("reference", towns.Address["returning"])))],
            "/Records/Waiver" => [(mayor, With(("reference", towns.Address["unassessed"])))],
            "/Organisations/New" => [(officer, With() + "?main=1"), (officer, With() + "?code=29019")],
            "/Appointments/New" => [(officer, With() + "?fonction=CORRESPONDENT_DELEGATE"), (officer, With() + "?fonction=AUDITOR")],
            "/Incidents/New" or "/Incidents/Facts" or "/Incidents/Bodies" => [(towns.OfA["HELPDESK_AGENT"], With())],
            "/Areas/Leave" => [(officer, With())],
            "/ProviderRequests/Ticket" or "/Requests/Ticket" or "/ProviderRequests/Announce" or "/AuthorityRequests/New" or "/AuthorityRequests/Details" => [(towns.OfA["HELPDESK_AGENT"], With())],
            "/ProviderRequests/Restoration" => [(towns.OfA["CORRESPONDENT"], With())],
            "/Areas/Join" => [(mayor, With())],
            "/Responsibilities/Publish" or "/Engagements/Decision" => [(mayor, With())],
            "/Mails/Index" => [(towns.OfA["PLATFORM_ADMIN"], With())],
            _ when page.Name.StartsWith("/Areas/", StringComparison.Ordinal) || page.Name.StartsWith("/Holidays/", StringComparison.Ordinal) => [(towns.OfA["PLATFORM_ADMIN"], With())],
            _ => [(officer, With())],
        };
    }

    private static IEnumerable<string> Faults(string path, Answer answer, Dictionary<string, string> typed)
    {
        if ((int)answer.Status is not (200 or 302 or 400 or 403 or 404 or 409)) yield return $"{path}: {(int)answer.Status} {answer.Path}";
        if (answer.Status == HttpStatusCode.Redirect) yield break;
        // A form that hands out a file answers with the file.
        if (answer.Status == HttpStatusCode.OK && answer.Raw.Content.Headers.ContentType?.MediaType != "text/html") yield break;
        if (answer.Html.QuerySelector("html")?.GetAttribute("lang") != "fr") yield return $"{path}: not a French page";
        foreach (var error in ErrorsOf(answer))
            if (error.Contains("The value", StringComparison.Ordinal) || error.Contains("field", StringComparison.Ordinal)) yield return $"{path}: the error speaks English: {error}";
        if (answer.Status == HttpStatusCode.OK && ErrorsOf(answer) is [var shownAsGood, ..]) yield return $"{path}: an error with the status of a success: {shownAsGood}";
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest)) yield break;
        // A form with a zero byte in it is not read at all by the framework: then there is nothing to give back.
        if (answer.Status == HttpStatusCode.BadRequest && typed.Values.Any(text => text.Contains('\0', StringComparison.Ordinal))) yield break;
        var boxes = new Lazy<HashSet<string>>(() => [.. answer.Html.QuerySelectorAll("main input, main textarea").Select(box => Plain(box is IHtmlTextAreaElement area ? area.Value : ((IHtmlInputElement)box).Value))]);
        foreach (var (name, text) in typed.Where(field => !field.Key.Contains("Password", StringComparison.Ordinal)))
        {
            var shown = (answer.Html.GetElementsByName(name) is { Length: > 0 } named ? named[0] : null) switch
            {
                IHtmlTextAreaElement area => area.Value,
                IHtmlInputElement input => input.Value,
                _ => null,
            };
            // A line left empty goes, and those below it move up: they only have to be there.
            if (name.Contains('[', StringComparison.Ordinal) && (Plain(text).Length == 0 || boxes.Value.Contains(Plain(text)))) continue;
            if (shown is not null && Plain(shown) != Plain(text)) yield return $"{path} {name}: what was typed is lost: {shown[..Math.Min(shown.Length, 60)]}";
            if (shown is null && !answer.Html.Source.Text.Contains(WebUtility.HtmlEncode(Plain(text)), StringComparison.Ordinal) && Plain(text).Length > 0) yield return $"{path} {name}: the field is gone";
        }
    }

    private static string[] ErrorsOf(Answer answer) => [.. answer.Html.QuerySelectorAll("main .error, main [class*=error-summary] li, main [role=alert] li").Select(error => error.TextContent.Trim()).Where(error => error.Length > 0)];

    /// <summary>What a browser and UTF-8 leave of a text: no half characters, no NUL, one kind of line break, no space around.</summary>
    private static string Plain(string text) => string.Concat(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\r\n", "\n").Replace('\r', '\n').Where(c => c is not '\0' and not '\uFFFD' and not '\n' && !char.IsControl(c) || c == '\t')).Trim().Normalize();
}
