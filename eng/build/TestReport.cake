using System.Xml.Linq;

/// <summary>Sums up the result files (trx) of several test projects. Safe for use by many threads.</summary>
public sealed class TestReport
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
    private readonly object _gate = new();
    private readonly List<string> _failures = new();

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    public int Total => Passed + Failed + Skipped;

    public bool Succeeded => Failed == 0 && Passed > 0;

    public string Summary => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_gate)
            {
                return _failures.ToArray();
            }
        }
    }

    /// <summary>Adds one project. A run that ended badly without a failed test, as by a crash, counts as one failed test.</summary>
    /// <returns>The project's own figures, for a person.</returns>
    public string Add(string project, string trxPath, int exitCode, string output)
    {
        var document = System.IO.File.Exists(trxPath) ? XDocument.Load(trxPath) : new XDocument();
        var results = document.Descendants(Trx + "UnitTestResult").ToArray();
        var classes = document.Descendants(Trx + "UnitTest").ToLookup(
            test => (string)test.Attribute("id"), test => (string)test.Element(Trx + "TestMethod")?.Attribute("className"));
        var passed = results.Count(result => Outcome(result) == "Passed");
        var failures = results.Where(HasFailed)
            .Select(result => Describe($"{project}: {classes[(string)result.Attribute("testId")].FirstOrDefault()}", result))
            .ToList();
        var skipped = results.Length - passed - failures.Count;
        if (exitCode != 0 && failures.Count == 0)
        {
            failures.Add($"FAILED {project}: its run ended with exit code {exitCode}\n{Indent(output)}");
        }

        lock (_gate)
        {
            Passed += passed;
            Failed += failures.Count;
            Skipped += skipped;
            _failures.AddRange(failures);
        }

        return $"{passed} passed, {failures.Count} failed, {skipped} skipped";
    }

    private static string Outcome(XElement result) => (string)result.Attribute("outcome") ?? "";

    private static bool HasFailed(XElement result) => Outcome(result) is not ("Passed" or "NotExecuted" or "Inconclusive");

    private static string Describe(string place, XElement result)
    {
        var output = result.Element(Trx + "Output");
        var error = output?.Element(Trx + "ErrorInfo");
        return $"FAILED {place}.{(string)result.Attribute("testName")}\n" +
            Indent((string)error?.Element(Trx + "Message")) +
            Indent((string)error?.Element(Trx + "StackTrace")) +
            Indent(Tail((string)output?.Element(Trx + "StdOut"), 200));
    }

    private static string Tail(string text, int lines) => text is null ? null : string.Join('\n', text.Split('\n').TakeLast(lines));

    private static string Indent(string text) =>
        string.IsNullOrWhiteSpace(text) ? "" : "    " + text.TrimEnd().Replace("\n", "\n    ") + "\n";
}
