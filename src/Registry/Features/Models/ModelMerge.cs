using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Models;

public enum MergeAnswer { Take, Keep, Write }

/// <summary>
/// One thing that the model changed since a sheet was taken from it, in the words of three texts. A text is null where the thing was not there.
/// </summary>
/// <param name="Id">Names the thing in the form; stable as long as none of the three sheets changes.</param>
/// <param name="Row">The row of a list that it stands in, or null.</param>
/// <param name="IsConflict">The sheet says neither what the model said nor what it says now: somebody has to choose.</param>
/// <param name="Limit">The longest text that may be written instead; null where only taking or keeping makes sense.</param>
public sealed record MergePoint(
    string Id, SheetSection Section, string LabelKey, string? Row, string? Was, string? Became, string? Here, bool IsConflict, int? Limit, bool IsLong);

/// <summary>
/// A sheet beside the model that it came from: what the model was then, what it became, what the sheet says. Only what the model changed and
/// the sheet does not say already is a point to settle; what the commune wrote elsewhere is not touched. Rows are matched by what they name.
/// The three sheets stay as they are: <see cref="Apply"/> gives a fourth.
/// </summary>
public sealed class ModelMerge
{
    private readonly Sheet _was, _became, _here, _result;
    private readonly Func<string, string>? _translate;
    private readonly List<MergePoint> _points = [];
    private readonly Dictionary<string, (Action Take, Action<string>? Write)> _acts = [];

    public ModelMerge(Sheet was, Sheet became, Sheet here, Func<string, string>? translate = null)
    {
        (_was, _became, _here, _result, _translate) = (was, became.Copy(), here, here.Copy(), translate);
        foreach (var section in SheetSections.All)
            Part(section, section.Get(_was), section.Get(_became), section.Get(_result), "", null);
    }

    public IReadOnlyList<MergePoint> Points => _points;

    public bool HasConflict => _points.Exists(point => point.IsConflict);

    /// <summary>The sheet with the answers in it. A point without an answer is kept; one of <see cref="MergeAnswer.Write"/> takes its text. To be called once.</summary>
    public Sheet Apply(Func<MergePoint, (MergeAnswer Answer, string? Text)> answer)
    {
        // Rows are taken in the order of the page, so a list ends with what the model adds in the model's order.
        foreach (var point in _points)
        {
            var (how, text) = answer(point);
            if (how == MergeAnswer.Take) _acts[point.Id].Take();
            else if (how == MergeAnswer.Write) _acts[point.Id].Write?.Invoke(text ?? "");
        }
        // Data tied to a duration that was not taken, or that was given up, is tied to none: the rules ask for one.
        foreach (var data in _result.People.DataCategories.Where(data => _result.Retention.Find(data.RetentionRule) is null)) data.RetentionRule = null;
        return _result;
    }

    private void Part(SheetSection section, object was, object became, object here, string prefix, string? row)
    {
        foreach (var field in SheetText.Fields(became.GetType()).Where(field => !field.IsDefined(typeof(RowKeyAttribute))))
        {
            var path = prefix + field.Name;
            var (before, after, ours) = (field.GetValue(was), field.GetValue(became), field.GetValue(here));
            if (SheetLabels.RowType(field.PropertyType) is not null) Rows(section, field, (IList)before!, (IList)after!, (IList)ours!, path);
            else if (before is List<string> oldLines && after is List<string> newLines) Lines(section, field, oldLines, newLines, (List<string>)ours!, path, row);
            else if (!Same(before, after) && !Same(ours, after))
                Add(section, field, path, row, Text(field, before, _was), Text(field, after, _became), Text(field, ours, _here), !Same(ours, before),
                    () => field.SetValue(here, after), IsWritten(field) ? text => field.SetValue(here, text) : null);
        }
    }

    private void Lines(SheetSection section, PropertyInfo field, List<string> was, List<string> became, List<string> here, string path, string? row)
    {
        foreach (var line in became.Except(was).Except(here).ToList())
            Add(section, field, $"{path}+{became.IndexOf(line)}", row, null, Text(field, line, _became), null, false, () => here.Add(line));
        foreach (var line in was.Except(became).Intersect(here).ToList())
            Add(section, field, $"{path}-{was.IndexOf(line)}", row, Text(field, line, _was), null, Text(field, line, _here), false, () => here.Remove(line));
    }

    private void Rows(SheetSection section, PropertyInfo field, IList was, IList became, IList here, string path)
    {
        var (older, ours) = (SheetDifferences.Match(was, became), SheetDifferences.Match(was, here));
        for (var index = 0; index < was.Count; index++)
        {
            var before = was[index]!;
            var after = At(became, older, index);
            var kept = At(here, ours, index);
            if (after is not null && kept is not null)
                Part(section, before, after, kept, $"{path}[{index}].", SheetValues.RowName(kept, _here));
            else if (after is null && kept is not null)
                Add(section, field, $"{path}-{index}", null, Words(before, _was), null, Words(kept, _here), !SheetDifferences.SameContent(before, kept), () => here.Remove(kept));
            else if (after is not null && !SheetDifferences.SameContent(before, after))
                Add(section, field, $"{path}*{index}", null, Words(before, _was), Words(after, _became), null, true, () => here.Add(after));
        }
        // What the model adds may already have been written here by somebody: then the two are one row, compared with nothing.
        var added = Enumerable.Range(0, became.Count).Where(index => older[index] is null).ToList();
        var own = Enumerable.Range(0, here.Count).Where(index => ours[index] is null).Select(index => here[index]!).ToList();
        var news = added.Select(index => became[index]!).ToList();
        var met = SheetDifferences.Match(own, news);
        for (var place = 0; place < news.Count; place++)
        {
            var row = news[place];
            if (met[place] is { } mine)
                Part(section, Activator.CreateInstance(row.GetType())!, row, own[mine], $"{path}+[{added[place]}].", SheetValues.RowName(own[mine], _here));
            else
                Add(section, field, $"{path}+{added[place]}", null, null, Words(row, _became), null, false, () => here.Add(row));
        }
    }

    private void Add(SheetSection section, PropertyInfo field, string path, string? row, string? was, string? became, string? here, bool conflict,
        Action take, Action<string>? write = null)
    {
        var id = $"{section.Key}/{path}";
        _acts.Add(id, (take, write));
        _points.Add(new MergePoint(id, section, SheetLabels.Name(field), row, was, became, here, conflict,
            write is null ? null : field.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength,
            field.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.MultilineText));
    }

    /// <summary>A free text: no code of a list, no duration, no name of another row.</summary>
    private static bool IsWritten(PropertyInfo field) =>
        field.PropertyType == typeof(string) && field.IsDefined(typeof(StringLengthAttribute)) && field.Name != nameof(DataCategoryRow.RetentionRule)
        && !field.IsDefined(typeof(VocabularyAttribute)) && !field.IsDefined(typeof(OneOfAttribute))
        && !field.IsDefined(typeof(PeriodAttribute)) && !field.IsDefined(typeof(CountryAttribute));

    private string? Text(PropertyInfo field, object? value, Sheet sheet) => SheetValues.Text(field, value, sheet, _translate) is { Length: > 0 } text ? text : null;

    private string Words(object row, Sheet sheet) => SheetValues.Row(row, sheet, _translate);

    private static bool Same(object? one, object? other) => Equals(SheetDifferences.Value(one), SheetDifferences.Value(other));

    // The row of the newer list that was this one of the older.
    private static object? At(IList newer, int?[] olderOf, int index) => Array.IndexOf(olderOf, index) is var found and >= 0 ? newer[found] : null;
}
