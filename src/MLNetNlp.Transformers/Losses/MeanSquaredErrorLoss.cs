using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Mean squared error of one number a text: regression.</summary>
/// <remarks><c>loss = mean over batch of (x - y)^2</c>.</remarks>
public static class MeanSquaredErrorLoss
{
    /// <summary>The mean loss, a scalar.</summary>
    /// <param name="predictions">[batch] or [batch, 1].</param>
    /// <param name="targets">[batch], float32.</param>
    public static Tensor Compute(Tensor predictions, Tensor targets)
    {
        using var scope = NewDisposeScope();
        return F.mse_loss(predictions.view(-1), targets.view(-1)).MoveToOuterDisposeScope();
    }
}
