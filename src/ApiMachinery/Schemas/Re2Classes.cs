namespace KubeFed.ApiMachinery.Schemas;

/// <summary>RE2's named classes of characters, all of ASCII, as .NET writes them.</summary>
internal static class Re2Classes
{
    /// <summary>The class of <c>\d</c> and its like; null if the letter names none.</summary>
    public static string? Perl(char letter, bool inClass)
    {
        string? set = letter switch
        {
            'd' => "0-9",
            'w' => "0-9A-Za-z_",
            's' => @"\t\n\f\r ",
            'D' => @"\x00-/:-\uffff",
            'W' => @"\x00-/:-@\[-\^`{-\uffff",
            'S' => @"\x00-\x08\x0b\x0e-\x1f!-\uffff",
            _ => null,
        };
        return set is null || inClass ? set : $"[{set}]";
    }

    /// <summary>The members of <c>[:name:]</c>; null if the name is none.</summary>
    public static string? Posix(string name) => name switch
    {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => "\\x00-\\x7f",
        "blank" => "\\t ",
        "cntrl" => "\\x00-\\x1f\\x7f",
        "digit" => "0-9",
        "graph" => "!-~",
        "lower" => "a-z",
        "print" => " -~",
        "punct" => "!-/:-@\\[-`{-~",
        "space" => "\\t\\n\\v\\f\\r ",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => null,
    };
}
