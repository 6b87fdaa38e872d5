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
    private const int MostFields = 440;

    /// <summary>A button of the rows adds or removes one, and the page is shown again without errors.</summary>
    public static void ChangeRows(ModelStateDictionary errors, IFormCollection posted, object part, string command)
    {
        var moves = command.StartsWith("remove:", StringComparison.Ordinal);
        // What could not be read is only in what was typed: rows that move would lose it.
        if (moves && !errors.IsValid) return;
        if (posted.Sum(field => field.Value.Count) > MostFields)
        {
            errors.Clear();
            errors.AddModelError("", "Cette partie a atteint son nombre de lignes : enregistrez, puis regroupez des lignes.");
            return;
        }
        SheetForm.ChangeRows(part, command);
        foreach (var (key, entry) in errors.ToList())
        {
            if (moves || (command.StartsWith("confirm:", StringComparison.Ordinal) && key.EndsWith(".Status", StringComparison.Ordinal))) errors.Remove(key);
            else entry!.Errors.Clear();
        }
    }

    /// <summary>Brings it into the shape that is stored; false when a field cannot be, each said by the field.</summary>
    public static bool Accept(ModelStateDictionary errors, object part, IStringLocalizer t)
    {
        // What could not even be read stays as it was typed; the rest is judged on the cleaned text, whose rows may have moved.
        if (!errors.IsValid) return false;
        foreach (var error in SheetText.Clean(part)) errors.TryAddModelError($"{SheetForm.Prefix}.{error.Path}", t.Get(error.MessageKey, error.Arguments));
        return KeepErrors(errors);
    }

    /// <summary>The form shows the cleaned text again, with its errors.</summary>
    public static bool KeepErrors(ModelStateDictionary errors)
    {
        if (errors.IsValid) return true;
        var said = errors.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => (entry.Key, Message: entry.Value!.Errors[0].ErrorMessage)).ToList();
        errors.Clear();
        foreach (var (key, message) in said) errors.AddModelError(key, message);
        return false;
    }

    /// <summary>The changes as the history keeps them, in French whoever writes.</summary>
    public static IReadOnlyList<Change> Changes(object older, object newer, IStringLocalizer t) =>
        Languages.InFrench<IReadOnlyList<Change>>(() => [.. SheetDifferences.Compare(older, newer, key => t.Get(key))
            .Select(one => new Change(one.Row is null ? one.LabelKey : $"{one.LabelKey} ({one.Row})", one.Old, one.New))]);
}
