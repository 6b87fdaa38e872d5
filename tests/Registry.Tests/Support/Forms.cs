using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Registry.Tests.Support;

public enum FormFieldKind { Text, Hidden, Choice, Tick }

public sealed record SentField(string Name, string Value, FormFieldKind Kind)
{
    /// <summary>Holds an id, or is named like something that does.</summary>
    public bool IsReference => Guid.TryParse(Value, out _) || Name.EndsWith("Id", StringComparison.Ordinal) || Name is "id" or "Form.Person" or "Form.DelegatedFrom" or "Form.Area" or "Form.Model" or "Form.Code";
}

/// <summary>A form as the browser would send it untouched, with the button that comes first.</summary>
public sealed record SentForm(string Action, IReadOnlyList<SentField> Fields)
{
    /// <summary>The fields with some replaced, or added though no form of ours has them.</summary>
    public (string Name, string Value)[] With(params (string Name, string Value)[] changed) =>
        [.. Fields.Where(field => changed.All(other => other.Name != field.Name)).Select(field => (field.Name, field.Value)), .. changed.DistinctBy(field => field.Name)];
}

public static class Forms
{
    /// <summary>The forms that post, inside the page's own part.</summary>
    public static IReadOnlyList<SentForm> Of(Answer page) =>
        [.. page.Html.QuerySelectorAll<IHtmlFormElement>("main form").Where(form => string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase)).Select(form => Read(form, page.Path))];

    private static SentForm Read(IHtmlFormElement form, string path)
    {
        var fields = new List<SentField>();
        foreach (var element in form.QuerySelectorAll("input, textarea, select"))
        {
            switch (element)
            {
                // A browser never gives back what was chosen in it (S-114).
                case IHtmlInputElement { Type: "file" }:
                    break;
                case IHtmlInputElement { Name: { Length: > 0 } name } input:
                    var ticks = input.Type is "checkbox" or "radio";
                    if (!ticks || input.IsChecked) fields.Add(new(name, input.Value, ticks ? FormFieldKind.Tick : input.Type == "hidden" ? FormFieldKind.Hidden : FormFieldKind.Text));
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } name } area:
                    fields.Add(new(name, area.Value, FormFieldKind.Text));
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } name } select:
                    fields.Add(new(name, select.Value ?? "", FormFieldKind.Choice));
                    break;
            }
        }
        if (form.QuerySelector<IHtmlButtonElement>("button[name]") is { Name: { Length: > 0 } pressed } button) fields.Add(new(pressed, button.Value, FormFieldKind.Hidden));
        // A query alone is sent to the page that shows the form.
        return new SentForm(form.GetAttribute("action") switch { null or "" => path, ['?', ..] query => path.Split('?')[0] + query, var action => action }, fields);
    }
}
