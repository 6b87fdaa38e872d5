using Registry.Documents;
using Registry.Tests.Support;

namespace Registry.Tests.Documents;

[Trait("S", "13")]
public sealed class TemplateTests
{
    private const string Head = "---\ncode: DOC_TEST\ntitle: Essai\nlegal: Article 1\nabout: RECORD\nprefix: ES\nreader: ReadRecords.Read\nissuer: DraftRecord.Write, PublishRecord.Decide\ninputs:\n  name: le nom\n  lines: des lignes\n  lines.text: leur texte\n  lines.words: leurs mots\n  flag: une réponse\n---\n";
    private const int FirstLine = 16;

    private static DocumentTemplate Read(string body) => DocumentTemplate.Read(Head + body);

    private static string Fill(string body, params (string, object?)[] values) => Read(body).Fill(Filling.Of(values)).Markdown;

    [Theory]
    [InlineData("Bonjour {{nom}}", FirstLine, "nom", "aucune donnée")]
    [InlineData("Un\nDeux {{name}} {{#each lines}}{{flagg}}{{/each}}", FirstLine + 1, "flagg", "aucune donnée")]
    [InlineData("Un\n\n{{text}}", FirstLine + 2, "text", "aucune donnée")]
    [InlineData("{{this}}", FirstLine, "{{this}}", "#each")]
    [InlineData("{{name.Length}}", FirstLine, "name.Length", "aucune donnée")]
    [InlineData("{{name.GetType}}", FirstLine, "name.GetType", "aucune donnée")]
    [InlineData("{{{name}}}", FirstLine, null, "pas fermée")]
    [InlineData("{{&name}}", FirstLine, "{{&name}}", "pas le nom")]
    [InlineData("{{> letter}}", FirstLine, "{{> letter}}", "pas le nom")]
    [InlineData("{{!-- note --}}", FirstLine, "{{!-- note --}}", "pas le nom")]
    [InlineData("{{lookup lines 0}}", FirstLine, "{{lookup lines 0}}", "pas le nom")]
    [InlineData("{{../name}}", FirstLine, "{{../name}}", "pas le nom")]
    [InlineData("{{@root.name}}", FirstLine, "{{@root.name}}", "pas le nom")]
    [InlineData("{{#with name}}x{{/with}}", FirstLine, "{{#with name}}", "#each, #if et #unless")]
    [InlineData("a\n{{#if flag}}x", FirstLine + 1, "{{#if flag}}", "pas fermé")]
    [InlineData("{{#if flag}}x{{/each}}", FirstLine, "{{#if flag}}", "pas fermé")]
    [InlineData("x{{/if}}", FirstLine, "{{/if}}", "ne ferme rien")]
    [InlineData("x {{name", FirstLine, null, "pas fermée")]
    public void A_fault_names_its_line_and_its_placeholder(string body, int line, string? placeholder, string says)
    {
        var fault = Assert.Throws<TemplateException>(() => Read(body));
        Assert.Equal(line, fault.Line);
        if (placeholder is not null) Assert.Equal(placeholder, fault.Placeholder);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"Ligne {line}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sans en-tête", "en-tête")]
    [InlineData("---\ncode: DOC_X\n---\n", "title")]
    [InlineData("---\ncode: DOC_X\ntitle: T\nlegal: L\nabout: RECORD\nprefix: XX\nreader: Rien.Read\nissuer: DraftRecord.Write\n---\n", "fonction.droit")]
    [InlineData("---\nune ligne\n---\n", "nom: valeur")]
    public void A_head_that_does_not_say_what_it_must_is_refused(string text, string says) =>
        Assert.Contains(says, Assert.Throws<TemplateException>(() => DocumentTemplate.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_loops_and_conditions_are_filled_from_the_innermost_name_that_is_declared()
    {
        var lines = new List<object?> { Filling.Of(("text", "un"), ("words", new List<object?> { "a", "b" })), Filling.Of(("text", "deux"), ("words", new List<object?>())) };
        Assert.Equal("Ada : un (ab) ; deux (rien) ; ", Fill("{{name}} : {{#each lines}}{{text}} ({{#if words}}{{#each words}}{{this}}{{/each}}{{else}}rien{{/if}}) ; {{/each}}", ("name", "Ada"), ("lines", lines)));
        Assert.Equal("Ada Ada ", Fill("{{#each lines}}{{name}} {{/each}}", ("name", "Ada"), ("lines", lines)));
        Assert.Equal("a\nc\n", Fill("a\n{{#if flag}}\nb\n{{/if}}\nc\n", ("flag", false)));
        Assert.Equal("non", Fill("{{#unless flag}}non{{/unless}}", ("flag", null)));
    }

    [Fact]
    public void What_is_not_known_is_shown_and_listed()
    {
        var filled = Read("Nom : {{name}}. {{#each lines}}{{text}} {{/each}}").Fill(Filling.Of(("name", " "), ("lines", new List<object?> { Filling.Of() })));
        Assert.Equal(["name", "lines.text"], filled.Missing);
        var html = HtmlDocument.Article(Text(filled.Markdown));
        Assert.Equal(2, html.Split("<mark>[à compléter]</mark>").Length - 1);
    }

    [Fact]
    public void Nothing_of_an_object_is_reached_but_what_a_dictionary_holds() =>
        Assert.Throws<InvalidOperationException>(() => Fill("{{name}}", ("name", new Uri("https://exemple.fr"))));

    [Fact]
    public void A_template_too_long_is_refused_and_a_document_without_end_is_stopped()
    {
        Assert.Contains("200 Ko", Assert.Throws<TemplateException>(() => Read(new string('x', DocumentTemplate.MostBytes))).Message, StringComparison.Ordinal);
        var many = Enumerable.Range(0, 3000).Select(_ => (object?)Filling.Of(("text", "x"), ("words", Enumerable.Repeat((object?)"mot", 300).ToList()))).ToList();
        Assert.Contains("trop long", Assert.Throws<InvalidOperationException>(() => Fill("{{#each lines}}{{#each words}}{{this}}{{/each}}{{/each}}", ("lines", many))).Message, StringComparison.Ordinal);
        Assert.Throws<TemplateException>(() => Read(string.Concat(Enumerable.Repeat("{{#if flag}}", 11)) + string.Concat(Enumerable.Repeat("{{/if}}", 11))));
    }

    [Fact]
    public void A_value_is_never_read_as_a_placeholder_again() => Assert.Equal("\\{\\{name\\}\\}", Fill("{{name}}", ("name", "{{name}}")));

    [Fact]
    public void Each_shipped_template_says_what_it_is_and_explains_each_of_its_placeholders()
    {
        Assert.True(TownDocument.Templates.All.Count >= 23);
        Assert.Equal(TownDocument.Templates.All.Count, TownDocument.Templates.All.Select(template => template.Prefix).Distinct().Count());
        Assert.All(TownDocument.Templates.All, template =>
        {
            Assert.All(template.Inputs, input => Assert.True(input.Value.Length > 3, $"{template.Code}: {input.Key} has no explanation."));
            Assert.NotNull(Registry.Features.Documents.DocumentSubject.OfCode(template.About));
            Assert.Matches("^[A-Z]{2,6}$", template.Prefix);
            Assert.NotEmpty(template.Issuers);
        });
    }

    /// <summary>Who may have it and what fills it is said once, in the French file: a translation that says it too, or that names what is not there, stops the start.</summary>
    [Fact]
    public void A_translation_says_its_title_its_basis_and_its_words_and_nothing_else()
    {
        var french = Read("Bonjour {{name}}");
        var english = french.Translated("---\ntitle: Trial\nlegal: Article 1\n---\nHello {{name}}: yes");
        Assert.Equal(("Trial", french.Reader, french.Prefix, french.Sealed), (english.Title, english.Reader, english.Prefix, english.Sealed));
        Assert.Equal("Hello Ada: yes", english.Fill(Filling.Of(("name", "Ada"))).Markdown);
        Assert.NotEqual(french.Version, english.Version);
        Assert.Equal("nom", Assert.Throws<TemplateException>(() => french.Translated("---\ntitle: Trial\nlegal: Article 1\n---\nHello {{nom}}")).Placeholder);
        Assert.Throws<TemplateException>(() => french.Translated("---\ntitle: Trial\nlegal: Article 1\nsealed: no\n---\nHello"));
        Assert.Throws<TemplateException>(() => french.Translated("Hello"));
        Assert.Equal(["DOC_ACK", "DOC_INFORMATION_NOTICE", "DOC_INFORMATION_NOTICE_SHORT"], TownDocument.Templates.In("en").Select(template => template.Code).Order(StringComparer.Ordinal));
    }

    public static DocumentText Text(string markdown) => new() { Code = "DOC_TEST", Title = "Essai", Language = "fr", Markdown = markdown, TemplateVersion = "0", Stamp = "Essai" };
}
