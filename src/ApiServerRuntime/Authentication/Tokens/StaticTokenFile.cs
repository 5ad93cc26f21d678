namespace KubeFed.ApiServerRuntime.Authentication.Tokens;

/// <summary>
/// Reads a file of bearer tokens as <c>--token-auth-file</c> of kube-apiserver has it: one <c>token,user,uid,"group1,group2"</c> a line, the groups optional.
/// Empty lines and lines that begin with <c>#</c> are passed over. Messages name lines, never tokens.
/// </summary>
public static class StaticTokenFile
{
    private const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>The tokens of a file.</summary>
    /// <exception cref="FormatException">A line is malformed, or two have the same token.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, UserInfo>> Load(string path) => new FileInfo(path).Length <= MaxBytes
        ? Parse(File.ReadAllText(path))
        : throw new FormatException($"the token file is larger than {MaxBytes} bytes");

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="FormatException">A line is malformed, or two have the same token.</exception>
    public static IReadOnlyList<KeyValuePair<string, UserInfo>> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<KeyValuePair<string, UserInfo>>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            var token = Read(line.TrimEnd('\r'), number);
            if (!seen.TryAdd(token.Key, number))
            {
                throw Malformed(number, $"its token is that of line {seen[token.Key]}");
            }

            tokens.Add(token);
        }

        return tokens;
    }

    private static KeyValuePair<string, UserInfo> Read(string line, int number)
    {
        var fields = Fields(line, number);
        if (fields.Count < 3)
        {
            throw Malformed(number, $"it has {fields.Count} fields, and needs at least 3: token, user, uid");
        }

        if (fields[0].Length == 0 || fields[1].Length == 0)
        {
            throw Malformed(number, fields[0].Length == 0 ? "its token is empty" : "its user is empty");
        }

        IReadOnlyList<string> groups = fields.Count > 3
            ? fields[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        return KeyValuePair.Create(fields[0], new UserInfo { Name = fields[1], Uid = fields[2], Groups = groups });
    }

    // Fields as of RFC 4180: separated by commas, in quotes where they contain one, a quote in quotes doubled.
    private static List<string> Fields(string line, int number)
    {
        var fields = new List<string>();
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && line[at] == '"')
            {
                fields.Add(Quoted(line, ref at, number));
            }
            else
            {
                var comma = line.IndexOf(',', at);
                var end = comma < 0 ? line.Length : comma;
                fields.Add(line[at..end].Trim());
                at = end;
            }
        }

        return fields;
    }

    // Begins at the opening quote; ends at the comma behind the closing one, or at the end of the line.
    private static string Quoted(string line, ref int at, int number)
    {
        var text = new System.Text.StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                text.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                text.Append(line[at++]);
            }
            else
            {
                at++;
                return at == line.Length || line[at] == ',' ? text.ToString() : throw Malformed(number, "there is text behind a closing quote");
            }
        }

        throw Malformed(number, "a quote is not closed");
    }

    private static FormatException Malformed(int line, string why) => new($"line {line} of the token file: {why}");
}
