using KubeFed.ApiServerRuntime.Authentication;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>Reads files of lines <c>token,user,uid,"group1,group2"</c>; the groups may be left out, and lines that begin with # are no tokens.</summary>
internal static class StandaloneTokens
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line is malformed; the message does not repeat it, since it may hold a token.</exception>
    public static IReadOnlyList<KeyValuePair<string, UserInfo>> Read(string path)
    {
        var tokens = new List<KeyValuePair<string, UserInfo>>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                tokens.Add(Parse(text) ?? throw new InvalidDataException($"{path}, line {number}: expected token,user,uid,\"group1,group2\""));
            }
        }

        return tokens;
    }

    private static KeyValuePair<string, UserInfo>? Parse(string line)
    {
        string[] parts = line.Split(',', 4, StringSplitOptions.TrimEntries);
        if (parts.Length < 3 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            return null;
        }

        string groups = parts.Length > 3 ? parts[3].Trim('"') : string.Empty;
        return new(parts[0], new UserInfo
        {
            Name = parts[1],
            Uid = parts[2],
            Groups = groups.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        });
    }
}
