namespace KubeFed.Conformance.Kubectl;

/// <summary>Keeps what a session printed, for a person to read.</summary>
internal static class SessionTranscript
{
    /// <summary>Writes a file beside the tests' results and attaches it to the test.</summary>
    public static void Attach(string name, IEnumerable<StepOutcome> outcomes)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{name}.session.log");
        File.WriteAllText(path, string.Join("\n", outcomes.Select(static outcome => $"{outcome.Step.Source}\n{outcome}")));
        TestContext.AddTestAttachment(path);
    }
}
