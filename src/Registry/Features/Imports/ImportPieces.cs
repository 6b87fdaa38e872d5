using System.Collections;
using System.Text.RegularExpressions;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Imports;

/// <summary>
/// Puts the text of a cell into a field. In the product's own columns a line is exactly one element; in those of others a cell is cut where people cut it, and
/// what no list knows goes where free text may stand.
/// </summary>
/// <param name="line">Reads a row of a list.</param>
/// <param name="sheet">The sheet that is being made.</param>
/// <param name="own">Whether the heading is the product's own.</param>
/// <param name="from1904">How the workbook counts its days.</param>
internal sealed partial class ImportPieces(RowLine line, Sheet sheet, bool own, bool from1904)
{
    /// <summary>Message keys with what was said, for all that cannot be taken.</summary>
    public IEnumerable<(string Message, string Said)> Fill(ImportTarget target, string text)
    {
        var (part, field) = (target.Section!.Get(sheet), target.Field!);
        if (SheetLabels.RowType(field.PropertyType) is { } rowType)
        {
            var rows = (IList)field.GetValue(part)!;
            foreach (var one in Lines(text))
            {
                if (own || line.Tells(rowType, one))
                {
                    var (row, fault, said) = line.Read(rowType, one, sheet, from1904);
                    if (fault is not null) yield return (fault, said!);
                    else rows.Add(row);
                }
                else foreach (var piece in Pieces(one, known => Alone(rowType, known))) rows.Add(Foreign(rowType, piece));
            }
            // Data names rules by their ids, which a file of people does not have.
            if (rowType == typeof(RetentionRule)) sheet.Retention.NameRules();
            yield break;
        }
        if (field.PropertyType == typeof(List<string>))
        {
            var lines = (List<string>)field.GetValue(part)!;
            foreach (var piece in Pieces(text, one => !SheetTyping.IsFreeLine(field) && SheetTyping.Read(field, one).Fault is null))
            {
                var (value, fault) = SheetTyping.Read(field, piece, from1904);
                if (fault is not null) yield return (fault, piece);
                else if (value is string { Length: > 0 } known) lines.Add(known);
            }
            yield break;
        }
        if (!own && Sensitive(target, text)) yield break;
        var (read, wrong) = SheetTyping.Read(field, text, from1904);
        if (wrong is not null) yield return (wrong, text.Trim());
        else if (read is string added && field.GetValue(part) is string { Length: > 0 } first) field.SetValue(part, first + "\n" + added);
        else if (read is not null) field.SetValue(part, read);
    }

    private static IEnumerable<string> Lines(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n').Where(one => !string.IsNullOrWhiteSpace(one));

    private IEnumerable<string> Pieces(string text, Func<string, bool> known)
    {
        foreach (var one in Lines(text))
        {
            if (own)
            {
                yield return one;
                continue;
            }
            foreach (var part in one.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => Bullet().Replace(part, "").Trim()).Where(part => part.Length > 0))
            {
                // A comma parts a list only where each piece is known by itself; else it belongs to the sentence.
                var pieces = part.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                if (pieces.Length > 1 && !known(part) && pieces.All(known)) foreach (var piece in pieces) yield return piece;
                else yield return part;
            }
        }
    }

    private bool Alone(Type rowType, string text) => Codes(rowType) is { } first && SheetTyping.Read(first, text).Fault is null;

    private static System.Reflection.PropertyInfo? Codes(Type rowType) => SheetText.Fields(rowType).FirstOrDefault(field => !field.IsDefined(typeof(RowKeyAttribute), true) && field.IsDefined(typeof(VocabularyAttribute), true));

    private object Foreign(Type rowType, string piece)
    {
        if (rowType == typeof(RetentionRule)) return SheetTyping.Duration(piece) is { } period ? new RetentionRule { ActiveDuration = period } : new RetentionRule { ActiveCriterion = piece };
        if (rowType == typeof(LegalBasisRow)) return LegalBasis(piece);
        if (rowType == typeof(TransferRow))
            return Folding.Fold(piece) is "non" or "aucun" or "neant" or "no" or "sans objet" or "pas de transfert" or "aucun transfert" ? new TransferRow { Mechanism = TransfersSection.None }
                : Folding.Fold(piece) is "oui" or "yes" ? new TransferRow { DerogationNote = piece } : Told(rowType, piece);
        return Told(rowType, piece);
    }

    private object Told(Type rowType, string piece)
    {
        var row = Activator.CreateInstance(rowType)!;
        // The name of the field is only a way of writing of our own files: here the whole is a value.
        var field = SheetText.Fields(rowType).FirstOrDefault(one => !one.IsDefined(typeof(RowKeyAttribute), true) && one.PropertyType == typeof(string) && one.Name != nameof(DataCategoryRow.RetentionRule)
            && (SheetTyping.IsFree(one) || SheetTyping.Read(one, piece).Fault is null))!;
        field.SetValue(row, SheetTyping.Read(field, piece).Value);
        if (row is DataCategoryRow { Category: null } data) data.Category = "OTHER";
        return row;
    }

    private static readonly (string Word, string Code)[] Bases =
    [
        ("consentement", "CONSENT"), ("obligation legale", "LEGAL_OBLIGATION"), ("obligations legales", "LEGAL_OBLIGATION"), ("interet public", "PUBLIC_TASK"), ("autorite publique", "PUBLIC_TASK"), ("service public", "PUBLIC_TASK"),
        ("interet legitime", "LEGITIMATE_INTERESTS"), ("interets legitimes", "LEGITIMATE_INTERESTS"), ("interets vitaux", "VITAL_INTERESTS"), ("sauvegarde", "VITAL_INTERESTS"), ("contrat", "CONTRACT"), ("precontractuel", "CONTRACT"),
    ];

    /// <summary>The ground is one of six; what else is said of it is its reference.</summary>
    private static LegalBasisRow LegalBasis(string piece)
    {
        var basis = typeof(LegalBasisRow).GetProperty(nameof(LegalBasisRow.Basis))!;
        if (SheetTyping.Read(basis, piece) is { Fault: null, Value: string exact }) return new() { Basis = exact };
        var folded = Folding.Fold(piece);
        var found = Bases.FirstOrDefault(one => folded.Contains(one.Word, StringComparison.Ordinal)).Code;
        return new() { Basis = found, Reference = found is null || folded.Length > 45 || piece.Any(char.IsAsciiDigit) ? piece : null };
    }

    /// <summary>"Données sensibles" in other registers: yes, no, or which.</summary>
    private bool Sensitive(ImportTarget target, string text)
    {
        if (target.Key != "sensibles.SpecialPresent" || SheetTyping.Read(target.Field!, text).Fault is null) return false;
        if (Folding.Fold(text) is "aucune" or "aucun" or "neant" or "sans objet")
        {
            sheet.Sensitive.SpecialPresent = false;
            return true;
        }
        sheet.Sensitive.SpecialPresent = true;
        var list = typeof(SensitiveSection).GetProperty(nameof(SensitiveSection.SpecialCategories))!;
        var unknown = new List<string>();
        foreach (var piece in Pieces(text, one => SheetTyping.Read(list, one).Fault is null))
        {
            if (SheetTyping.Read(list, piece) is { Fault: null, Value: string code }) sheet.Sensitive.SpecialCategories.Add(code);
            else unknown.Add(piece);
        }
        if (unknown.Count > 0) sheet.Sensitive.SpecialReference = string.Join(" ; ", unknown);
        return true;
    }

    [GeneratedRegex(@"\A\s*[-•–*·]\s+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Bullet();
}
