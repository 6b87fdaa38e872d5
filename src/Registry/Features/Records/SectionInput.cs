using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>What every form of a part does with what came in: rows added and removed, texts cleaned, nothing typed lost.</summary>
public static class SectionInput
{
    /// <summary>A form holds five hundred fields (S-10): a row more must still fit.</summary>
    private const int MostFields = 440;

    /// <summary>Adds, removes or confirms rows. What could not be read is only in what was typed: rows that move would lose it, so they stay.</summary>
    public static void ChangeRows(ModelStateDictionary state, IFormCollection posted, object form, string command)
    {
        var moves = command.StartsWith("remove:", StringComparison.Ordinal);
        if (moves && !state.IsValid) return;
        if (posted.Sum(field => field.Value.Count) > MostFields)
        {
            state.Clear();
            state.AddModelError("", "Cette partie a atteint son nombre de lignes : enregistrez, puis regroupez des lignes.");
            return;
        }
        SheetForm.ChangeRows(form, command);
        foreach (var (key, entry) in state.Where(_ => !moves).ToList())
        {
            if (command.StartsWith("confirm:", StringComparison.Ordinal) && key.EndsWith(".Status", StringComparison.Ordinal)) state.Remove(key);
            else entry!.Errors.Clear();
        }
        if (moves) state.Clear();
    }

    /// <summary>Cleans the part and says by each field what cannot be kept.</summary>
    public static void Clean(ModelStateDictionary state, object form, IStringLocalizer t)
    {
        foreach (var error in SheetText.Clean(form)) state.TryAddModelError($"{SheetForm.Prefix}.{error.Path}", t.Get(error.MessageKey, error.Arguments));
    }

    /// <summary>Shows the cleaned text, whose rows may have moved, with the errors by its fields.</summary>
    public static void KeepTyped(ModelStateDictionary state)
    {
        var errors = state.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => (entry.Key, Message: entry.Value!.Errors[0].ErrorMessage)).ToList();
        state.Clear();
        foreach (var (key, message) in errors) state.AddModelError(key, message);
    }
}
