namespace KubeFed.Conformance.Kubectl;

/// <summary>Compares a session on two servers.</summary>
internal static class SessionDifferences
{
    /// <summary>One text for each step whose outcomes differ, with the lines that only one has marked.</summary>
    public static IReadOnlyList<string> Describe(IReadOnlyList<StepOutcome> expected, IReadOnlyList<StepOutcome> actual) =>
    [
        .. expected.Zip(actual)
            .Where(static pair => !pair.First.IsSameAs(pair.Second))
            .Select(static pair => $"{pair.First.Step.Source}\n{Compare(pair.First.ToString(), pair.Second.ToString())}"),
    ];

    private static string Compare(string expected, string actual)
    {
        var (want, have) = (expected.Split('\n'), actual.Split('\n'));
        var start = want.Zip(have).TakeWhile(static pair => pair.First == pair.Second).Count();
        var end = want.Reverse().Zip(have.Reverse()).Take(Math.Min(want.Length, have.Length) - start).TakeWhile(static pair => pair.First == pair.Second).Count();
        return string.Join('\n', [
            .. want[Math.Max(0, start - 2)..start].Select(static line => $"  {line}"),
            .. want[start..^end].Select(static line => $"- {line}"),
            .. have[start..^end].Select(static line => $"+ {line}"),
        ]);
    }
}
