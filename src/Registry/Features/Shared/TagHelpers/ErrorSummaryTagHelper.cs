using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared.TagHelpers;

/// <summary>
/// "Il y a un problème", first in the page, one link per field (S-114). It is written when the page is sent, after the fields below
/// it have told their place, so the links follow the order of the page without a list kept by hand.
/// </summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper(IStringLocalizer language) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (ViewContext.ViewData.ModelState.IsValid)
            output.SuppressOutput();
        else
            output.Content.SetHtmlContent(new Summary(ViewContext, language));
    }

    private sealed class Summary(ViewContext view, IStringLocalizer language) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var trail = FieldTrail.Of(view.HttpContext);
            var errors = view.ViewData.ModelState
                .Where(pair => pair.Value is { ValidationState: ModelValidationState.Invalid, Errors.Count: > 0 })
                .Select(pair => (pair.Key, Position: trail.PositionOf(pair.Key), Message: language.Get(pair.Value!.Errors[0].ErrorMessage)))
                .OrderBy(error => error.Position < 0 ? int.MaxValue : error.Position)
                // A date with two wrong parts is one field: one link.
                .DistinctBy(error => error.Position < 0 ? error.Key : error.Position.ToString(System.Globalization.CultureInfo.InvariantCulture));

            // role=alert would be read over the focus that the script puts on it; a named, focusable group is read once.
            writer.Write("<div class=\"error-summary\" id=\"error-summary\" role=\"group\" tabindex=\"-1\" aria-labelledby=\"error-summary-title\">");
            Write(writer, encoder, $"<h2 id=\"error-summary-title\">{language.Get("Il y a un problème")}</h2><ul>");
            foreach (var (_, position, message) in errors)
            {
                if (position < 0)
                    Write(writer, encoder, $"<li>{message}</li>");
                else
                    Write(writer, encoder, $"<li><a href=\"#{trail.IdAt(position)}\">{message}</a></li>");
            }
            writer.Write("</ul></div>");
        }

        private static void Write(TextWriter writer, HtmlEncoder encoder, FormattableString html) =>
            new HtmlFormattableString(html.Format, html.GetArguments()!).WriteTo(writer, encoder);
    }
}
