namespace KubeFed.Kubefedctl.Cli;

/// <summary>A failure that is the user's to mend. The message is the whole sentence printed after <c>Error: </c>: what, where, what next.</summary>
internal sealed class UserException : Exception
{
    public UserException(string message)
        : base(message)
    {
    }

    public UserException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
