namespace KubeFed.TestSupport.Processes;

/// <summary>What a finished process left.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">0 for success by convention; 128 plus the signal's number where a signal ended it.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record ProcessResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Fails the test, showing both outputs, unless the exit code is 0.</summary>
    /// <returns>This result.</returns>
    public ProcessResult EnsureSuccess() =>
        ExitCode == 0 ? this : throw new AssertionException(ToString());

    /// <inheritdoc/>
    public override string ToString() => $"{Command}\nexit code {ExitCode}\nstdout:\n{Output}\nstderr:\n{Error}";
}
