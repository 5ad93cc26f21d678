namespace KubeFed.Conformance.Kubectl;

/// <summary>What a step printed, normalised, and how it ended.</summary>
internal sealed record StepOutcome(SessionStep Step, int ExitCode, string Output, string Error)
{
    /// <summary>Whether it ended as the session says.</summary>
    public bool IsAsWritten => Step.Action switch
    {
        SessionAction.Succeed => ExitCode == 0,
        SessionAction.Fail => ExitCode > 0,
        _ => ExitCode >= 0,
    };

    public bool IsSameAs(StepOutcome other) =>
        ExitCode == other.ExitCode && (Step.IsLoose || (Output == other.Output && Error == other.Error));

    public override string ToString() => $"exit code {ExitCode}\n{Output}{(Error.Length > 0 ? $"--- stderr\n{Error}" : "")}";
}
