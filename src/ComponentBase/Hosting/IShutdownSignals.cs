namespace KubeFed.ComponentBase.Hosting;

/// <summary>The system's requests to end the process.</summary>
internal interface IShutdownSignals
{
    /// <summary>Calls back, on any thread, for each request until disposed.</summary>
    IDisposable Subscribe(Action onSignal);

    /// <summary>Ends the process now.</summary>
    void Exit(int code);
}
