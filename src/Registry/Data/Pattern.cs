namespace Registry.Data;

/// <summary>What a person typed to search for, as a pattern of LIKE: taken literally, invisible characters out, two hundred characters at most.</summary>
public static class Pattern
{
    private const int Longest = 200;

    public static string? Containing(string? typed)
    {
        var text = string.Concat((typed ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))).Trim();
        if (text.Length == 0) return null;
        return "%" + text[..Math.Min(text.Length, Longest)].Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + "%";
    }
}
