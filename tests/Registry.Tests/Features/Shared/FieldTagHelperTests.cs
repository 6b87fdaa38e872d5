using System.Globalization;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Registry.Features.Shared;
using Registry.Features.Shared.TagHelpers;

namespace Registry.Tests.Features.Shared;

public sealed class FieldTagHelperTests
{
    private static readonly Registry.Features.Shared.Languages Language = new();
    private readonly ModelStateDictionary _state = new();
    private readonly ViewContext _view;

    public FieldTagHelperTests()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("fr-FR");
        _view = new ViewContext
        {
            HttpContext = new DefaultHttpContext(),
            ViewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), _state),
        };
    }

    [Fact]
    public void A_field_shows_its_label_hint_and_value()
    {
        var field = Render(new TextFieldTagHelper(Language) { For = Expression("Form.Title", "Prêts <b>"), Label = "Quel titre ?", Hint = "Court", Optional = true });
        var input = field.QuerySelector("input")!;

        Assert.Equal("Quel titre\u202F? (facultatif)", field.QuerySelector("label[for=Form_Title]")!.TextContent);
        Assert.Equal("Form.Title", input.GetAttribute("name"));
        Assert.Equal("Prêts <b>", input.GetAttribute("value"));
        Assert.Equal("Form_Title-hint", input.GetAttribute("aria-describedby"));
        Assert.Null(input.GetAttribute("aria-invalid"));
    }

    [Fact, Trait("S", "114")]
    public void A_wrong_field_keeps_what_was_typed_and_says_what_is_wrong()
    {
        _state.SetModelValue("Form.Bases[0].Text", "typed", "typed");
        _state.AddModelError("Form.Bases[0].Text", "Indiquez le texte");
        var field = Render(new TextFieldTagHelper(Language) { For = Expression("Form.Bases[0].Text", "stored"), Label = "Texte", Hint = "Loi" });
        var input = field.QuerySelector("input#Form_Bases_0__Text")!;

        Assert.Equal("typed", input.GetAttribute("value"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("Form_Bases_0__Text-hint Form_Bases_0__Text-error", input.GetAttribute("aria-describedby"));
        Assert.Equal("Indiquez le texte", field.QuerySelector("#Form_Bases_0__Text-error")!.TextContent);
    }

    [Fact, Trait("S", "114")]
    public void A_password_never_comes_back()
    {
        _state.SetModelValue("Form.Password", "secret", "secret");

        var field = Render(new TextFieldTagHelper(Language) { For = Expression("Form.Password", "secret"), Label = "Mot de passe", Type = "password" });

        Assert.DoesNotContain("secret", field.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_counted_by_the_server_as_people_count()
    {
        var field = Render(new TextAreaTagHelper(Language) { For = Expression("Form.Purpose", "a\r\nb"), Label = "Finalité", Limit = 500 });

        Assert.Equal("3 caractères sur 500", field.QuerySelector(".count")!.TextContent);
        Assert.Contains("Form_Purpose-count", field.QuerySelector("textarea")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_keeps_the_line_break_it_begins_with() =>
        Assert.Equal("\nsuite", Render(new TextAreaTagHelper(Language) { For = Expression("Form.Purpose", "\nsuite"), Label = "x" }).QuerySelector("textarea")!.TextContent);

    [Fact]
    public void A_list_of_choices_marks_every_chosen_one()
    {
        Option[] options = [new("a", "Guichet"), new("b", "Site"), new("c", "Papier")];
        var field = Render(new ChecksTagHelper(Language) { For = Expression("Form.Channels", new List<string> { "a", "c" }), Legend = "Canaux", Options = options });

        Assert.Equal(["a", "c"], field.QuerySelectorAll("input[checked]").Select(input => input.GetAttribute("value")));
        Assert.Equal("Form_Channels", field.QuerySelector("input")!.Id);
        Assert.Equal(3, field.QuerySelectorAll("input").Select(input => input.Id).Distinct().Count());
    }

    [Fact]
    public void A_question_without_an_answer_has_nothing_chosen_beforehand()
    {
        Assert.Empty(Render(new YesNoTagHelper(Language) { For = Expression("Form.Present", null), Legend = "Présent ?" }).QuerySelectorAll("[checked]"));
        Assert.Equal("true", Render(new YesNoTagHelper(Language) { For = Expression("Form.Present", true), Legend = "Présent ?" }).QuerySelector("[checked]")!.GetAttribute("value"));
    }

    [Fact]
    public void A_tick_that_was_sent_comes_back_ticked()
    {
        _state.SetModelValue("Form.Flag", new[] { "true", "false" }, "true,false");

        var field = Render(new TickTagHelper(Language) { For = Expression("Form.Flag", false), Label = "Oui" });

        Assert.NotNull(field.QuerySelector("input[type=checkbox][checked]"));
        Assert.Equal("false", field.QuerySelector("input[type=hidden]")!.GetAttribute("value"));
    }

    [Fact, Trait("S", "116")]
    public void A_wrong_date_comes_back_as_it_was_typed()
    {
        _state.SetModelValue("Form.StartOn.Day", "31", "31");
        _state.SetModelValue("Form.StartOn.Month", "2", "2");
        _state.AddModelError("Form.StartOn", "Cette date n’existe pas : vérifiez le jour et le mois");
        var field = Render(new DateFieldTagHelper(Language) { For = Expression("Form.StartOn", new DateParts()), Legend = "Début" });

        Assert.Equal("FIELDSET", field.TagName);
        Assert.Equal("31", field.QuerySelector("#Form_StartOn_Day")!.GetAttribute("value"));
        Assert.Equal("2", field.QuerySelector("#Form_StartOn_Month")!.GetAttribute("value"));
        Assert.Equal("Form_StartOn-hint Form_StartOn-error", field.GetAttribute("aria-describedby"));
        Assert.Equal("numeric", field.QuerySelector("#Form_StartOn_Year")!.GetAttribute("inputmode"));
    }

    [Fact, Trait("S", "114")]
    public void The_error_summary_follows_the_order_of_the_page_and_leads_to_the_controls()
    {
        _state.AddModelError("", "Une autre personne a modifié la fiche");
        _state.AddModelError("Form.EndOn", "Indiquez le jour");
        _state.AddModelError("Form.Title", "Indiquez <le> titre");
        var summary = new TagHelperOutput("error-summary", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        new ErrorSummaryTagHelper(Language) { ViewContext = _view }.Process(Context(), summary);
        // The fields below come after the summary has been placed, as on a page.
        Render(new TextFieldTagHelper(Language) { For = Expression("Form.Title", ""), Label = "Titre" });
        Render(new DateFieldTagHelper(Language) { For = Expression("Form.EndOn", new DateParts()), Legend = "Fin" });

        var box = Parse(summary);

        Assert.Equal("Il y a un problème", box.QuerySelector("h2")!.TextContent);
        Assert.Equal(["Indiquez <le> titre", "Indiquez le jour", "Une autre personne a modifié la fiche"], box.QuerySelectorAll("li").Select(line => line.TextContent));
        Assert.Equal(["#Form_Title", "#Form_EndOn_Day"], box.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void A_right_form_has_no_error_summary()
    {
        var summary = new TagHelperOutput("error-summary", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        new ErrorSummaryTagHelper(Language) { ViewContext = _view }.Process(Context(), summary);

        using var writer = new StringWriter();
        summary.WriteTo(writer, HtmlEncoder.Default);
        Assert.Equal("", writer.ToString());
    }

    private static ModelExpression Expression(string name, object? value)
    {
        var provider = new EmptyModelMetadataProvider();
        return new ModelExpression(name, provider.GetModelExplorerForType(value?.GetType() ?? typeof(string), value));
    }

    private IElement Render(FieldTagHelper field)
    {
        field.ViewContext = _view;
        var output = new TagHelperOutput("x", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        field.Process(Context(), output);
        return Parse(output);
    }

    private static IElement Parse(TagHelperOutput output)
    {
        using var writer = new StringWriter();
        output.WriteTo(writer, HtmlEncoder.Default);
        return new HtmlParser().ParseDocument(writer.ToString()).Body!.FirstElementChild!;
    }

    private static TagHelperContext Context() => new([], new Dictionary<object, object>(), "id");
}
