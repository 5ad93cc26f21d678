using System.Globalization;
using System.Text.RegularExpressions;
using KubeFed.TestSupport.IO;

namespace KubeFed.Conformance.Kubectl;

/// <summary>
/// The session, from the files of <c>testdata/session</c> in the order of their names. A line is a comment (<c>#</c>) or a step:
/// <code>
/// $ COMMAND      runs kubectl, which succeeds
/// ! COMMAND      runs kubectl, which fails
/// &amp; N COMMAND    starts kubectl in the background and waits until it has printed N lines
/// . N            waits until the one in the background has printed N lines in all and ends it
/// </code>
/// A command is words as of a shell, variables of the environment first (<c>NAME=value</c>), then perhaps <c>&lt; MANIFEST</c> for standard
/// input and <c>| TEXT</c> to keep only the lines with that text. <c>[&gt;=1.24]</c> or <c>[&lt;1.27]</c> before the step chooses the
/// kubectls that play it, <c>~</c> that only its exit code counts, for a reason that the comment above it tells, <c>@</c> that it waits for
/// the next second, where the managers of fields are shown in the order of the seconds in which they wrote. <c>$NS</c> stands for the
/// namespace; <c>${NS}b</c> is a second one.
/// </summary>
internal static partial class SessionScript
{
    private static readonly Lazy<IReadOnlyList<SessionStep>> Steps = new(Read);

    public static string Folder => Repository.Combine("test", "Conformance", "Kubectl", "testdata");

    /// <summary>The steps that a kubectl plays.</summary>
    public static IReadOnlyList<SessionStep> Load(KubectlVersion kubectl) => [.. Steps.Value.Where(step => step.Versions.Contains(kubectl.Version))];

    /// <summary>The text of a manifest.</summary>
    public static string Manifest(string name) => File.ReadAllText(Path.Combine(Folder, "manifests", $"{name}.yaml"));

    /// <summary>All that is written: the session's lines and every manifest.</summary>
    public static IEnumerable<string> Texts() =>
        new[] { "session", "manifests" }
            .SelectMany(static part => Directory.GetFiles(Path.Combine(Folder, part)).Order(StringComparer.Ordinal))
            .Select(static file => $"{Path.GetFileName(file)}\n{File.ReadAllText(file).ReplaceLineEndings("\n")}");

    internal static SessionStep Parse(string line, string source)
    {
        var match = Line().Match(line);
        if (!match.Success)
        {
            throw new FormatException($"{source} is no step: {line}");
        }

        var words = new Queue<string>(ShellWords.Split(match.Groups["command"].Value));
        var environment = new Dictionary<string, string?>();
        while (words.TryPeek(out var word) && Assignment().Match(word) is { Success: true } variable)
        {
            environment.Add(variable.Groups["name"].Value, variable.Groups["value"].Value);
            words.Dequeue();
        }

        var arguments = words.ToList();
        return new SessionStep
        {
            Source = $"{source}: {line}",
            Action = ActionOf(match.Groups["action"].Value),
            Lines = match.Groups["lines"] is { Success: true, Value: var lines } ? int.Parse(lines, CultureInfo.InvariantCulture) : 0,
            Versions = match.Groups["versions"] is { Success: true, Value: var versions } ? VersionRange.Parse(versions) : VersionRange.All,
            IsLoose = match.Groups["loose"].Success,
            IsLater = match.Groups["later"].Success,
            Filter = TakeAfter(arguments, "|"),
            Manifest = TakeAfter(arguments, "<"),
            Environment = environment,
            Arguments = arguments,
        };
    }

    private static SessionStep[] Read() =>
    [
        .. from file in Directory.GetFiles(Path.Combine(Folder, "session"), "*.txt").Order(StringComparer.Ordinal)
           from line in File.ReadAllLines(file).Select(static (text, index) => (Text: text, Number: index + 1))
           where line.Text.Length > 0 && !line.Text.StartsWith('#')
           select Parse(line.Text, $"{Path.GetFileName(file)}:{line.Number}"),
    ];

    private static SessionAction ActionOf(string sign) => sign switch
    {
        "$" => SessionAction.Succeed,
        "!" => SessionAction.Fail,
        "&" => SessionAction.Start,
        _ => SessionAction.Finish,
    };

    private static string? TakeAfter(List<string> words, string sign)
    {
        var index = words.IndexOf(sign);
        if (index < 0)
        {
            return null;
        }

        var value = words[index + 1];
        words.RemoveRange(index, 2);
        return value;
    }

    [GeneratedRegex("""^(\[(?<versions>[^\]]+)\] )?(?<loose>~ )?(?<later>@ )?((?<action>[$!]) |(?<action>[&.]) (?<lines>\d+) ?)(?<command>.*)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex("""^(?<name>[A-Z_]+)=(?<value>.*)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();
}
