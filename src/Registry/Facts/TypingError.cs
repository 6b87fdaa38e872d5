namespace Registry.Facts;

/// <summary>One slip of the finger: a letter too many, missing, wrong, two letters swapped, or a space forgotten or added.</summary>
internal static class TypingError
{
    /// <summary>Whether the typed word is one slip away from a word among these, or from the beginning of one. Words of three letters are too like each other.</summary>
    public static bool OneAwayFromAWord(ReadOnlySpan<char> typed, ReadOnlySpan<char> words)
    {
        if (typed.Length < 4)
            return false;
        foreach (var range in words.Split(' '))
            if (OneAwayFromBeginning(typed, words[range]))
                return true;
        return false;
    }

    /// <summary>Whether the letters, spaces left out, begin the name with its spaces left out.</summary>
    public static bool OnlySpacesDiffer(ReadOnlySpan<char> letters, ReadOnlySpan<char> name)
    {
        var matched = 0;
        foreach (var character in name)
        {
            if (character == ' ')
                continue;
            if (matched == letters.Length)
                break;
            if (character != letters[matched])
                return false;
            matched++;
        }
        return matched == letters.Length;
    }

    private static bool OneAwayFromBeginning(ReadOnlySpan<char> typed, ReadOnlySpan<char> word)
    {
        var same = typed.CommonPrefixLength(word);
        var typedRest = typed[same..];
        var wordRest = word[same..];
        if (typedRest.Length == 0)
            return true;
        if (wordRest.StartsWith(typedRest[1..]))
            return true;
        if (wordRest.Length == 0)
            return false;
        var wrongLetter = wordRest[1..].StartsWith(typedRest[1..]);
        var missingLetter = wordRest[1..].StartsWith(typedRest);
        var swapped = typedRest.Length > 1 && wordRest.Length > 1 && typedRest[0] == wordRest[1] && typedRest[1] == wordRest[0]
            && wordRest[2..].StartsWith(typedRest[2..]);
        return wrongLetter || missingLetter || swapped;
    }
}
