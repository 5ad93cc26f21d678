namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>A reconcile took longer than <see cref="ControllerOptions{TKey}.ReconcileTimeout"/>. It is retried with backoff.</summary>
public sealed class ReconcileTimeoutException : Exception
{
    /// <summary>An error without a message of its own.</summary>
    public ReconcileTimeoutException()
    {
    }

    /// <summary>An error with a message.</summary>
    public ReconcileTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public ReconcileTimeoutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
