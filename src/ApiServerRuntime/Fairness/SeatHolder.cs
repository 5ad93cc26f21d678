namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>A seat that is given back once, whoever says so first.</summary>
internal sealed class SeatHolder(PriorityLevel level, string user)
{
    private int _given;

    public void GiveBack()
    {
        if (Interlocked.Exchange(ref _given, 1) == 0)
        {
            level.Leave(user);
        }
    }
}
