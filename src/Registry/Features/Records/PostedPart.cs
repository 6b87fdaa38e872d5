using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>The form of a thing that is one part by itself (an application, an agreement…), drawn from its properties as parts of sheets are.</summary>
/// <param name="Id">Made with the form when it adds: sending it twice adds one thing (S-92).</param>
/// <param name="Version">The version that was opened, when it changes one (S-90).</param>
/// <param name="Conflict">What somebody saved meanwhile against what this person typed.</param>
public sealed record PartFormView(
    IReadOnlyList<FormField> Fields, string Save, string Back, Guid? Id = null, int? Version = null, IReadOnlyList<SheetDifference>? Conflict = null);

/// <summary>What was posted for such a form, made fit to be stored.</summary>
public static class PostedPart
{
    /// <summary>Brings it into the shape that is stored; false when a field cannot be, each said by the field.</summary>
    public static bool Accept(ModelStateDictionary errors, object part, IStringLocalizer t)
    {
        // What could not even be read stays as it was typed; the rest is judged on the cleaned text, whose rows may have moved.
        if (!errors.IsValid) return false;
        SectionInput.Clean(errors, part, t);
        return KeepErrors(errors);
    }

    /// <summary>The form shows the cleaned text again, with its errors.</summary>
    public static bool KeepErrors(ModelStateDictionary errors)
    {
        if (errors.IsValid) return true;
        SectionInput.KeepTyped(errors);
        return false;
    }

    /// <summary>The changes as the history keeps them, in French whoever writes.</summary>
    public static IReadOnlyList<Change> Changes(object older, object newer, IStringLocalizer t) =>
        Languages.InFrench<IReadOnlyList<Change>>(() => [.. SheetDifferences.Compare(older, newer, key => t.Get(key))
            .Select(one => one.Change)]);
}
