using System.Diagnostics;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Quantization;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary>One run of <see cref="TrainingLoop"/>: its optimizer, its position, its validations.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingJob _job;
    private readonly TrainingOptions _options;
    private readonly AdamW _optimizer;
    private readonly BestWeights _best;
    private readonly TrainingState _state;
    private readonly AdapterTraining? _adapter;
    private string? _resumedFrom;
    private readonly long _parameterCount;
    private readonly Stopwatch _clock = new();
    private long _samples;

    public TrainingRun(TrainingJob job)
    {
        _job = job;
        _options = job.Options.WithLearningRate(job.Adapter);
        var parameters = TrainableParameter.Of(job.Module, _options, job.Adapter, job.ParameterRateFactor, job.DecaysEveryParameter);
        _parameterCount = parameters.Sum(p => p.Value.numel());
        _optimizer = new AdamW(parameters);
        _best = new BestWeights(parameters);
        try
        {
            _state = Begin();
            TotalSteps = CountSteps();
            _adapter = job.Adapter?.BeginTraining(job.Module, TotalSteps);
            if (_resumedFrom is not null && _adapter is not null)
                TrainingCheckpoint.Load(_resumedFrom, _adapter);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private int TotalSteps { get; }

    public TrainingResult Execute()
    {
        var all = _job.Module.parameters().Sum(p => p.numel()) + _job.Module.modules().OfType<QuantizedWeight>().Sum(weight => weight.Count);
        var share = _parameterCount == all ? "" : FormattableString.Invariant($" ({100.0 * _parameterCount / all:0.##} %)");
        Log($"Training {_parameterCount:#,0} of {all:#,0} parameters{share} on {_job.ExampleCount} examples, {TotalSteps} steps, learning rate {LearningRates.Highest(_options)}");
        var stopped = Stopped() || ResumesBeforeValidation();
        while (!stopped && _state.Step < TotalSteps)
        {
            _job.Module.train(_options.Dropout);
            var batches = Batches(_state.Epoch);
            while (!stopped && _state.BatchInEpoch < batches.Count && _state.Step < TotalSteps)
            {
                CheckCancellation();
                stopped = Step(batches);
            }

            if (_state.BatchInEpoch < batches.Count)
                break;
            Log($"Epoch {_state.Epoch + 1}: mean loss {_state.EpochLossSum / Math.Max(1, _state.EpochSteps):0.####}, {SamplesPerSecond():0} examples/s");
            (_state.Epoch, _state.BatchInEpoch, _state.EpochLossSum, _state.EpochSteps) = (_state.Epoch + 1, 0, 0, 0);
            if (_options.CheckpointInterval is null)
                SaveCheckpoint();
        }

        SaveCheckpoint();
        if (_options.RestoreBestWeights)
            _best.Restore();
        return new TrainingResult
        {
            Steps = _state.Step,
            TotalSteps = TotalSteps,
            FinalLoss = _state.LastLoss,
            StoppedEarly = stopped && _state.Step < TotalSteps,
            BestStep = _state.BestStep,
            BestValidation = _state.BestValidation,
            SamplesPerSecond = SamplesPerSecond(),
        };
    }

    public void Dispose()
    {
        _optimizer.ClearGradients();
        _optimizer.Dispose();
        _best.Dispose();
        _adapter?.Dispose();
    }

    /// <summary>One optimizer step with all that follows it; true when training is to stop.</summary>
    private bool Step(IReadOnlyList<int[]> batches)
    {
        _clock.Start();
        var rate = LearningRates.Highest(_options) * (_job.EpochRateFactor?.Invoke(_state.Epoch) ?? LearningRates.Factor(_options, _state.Step, TotalSteps));
        var count = Math.Min(_options.GradientAccumulationSteps, batches.Count - _state.BatchInEpoch);
        var loss = 0.0;
        for (var i = 0; i < count; i++)
            loss += Accumulate(batches[_state.BatchInEpoch + i], i, count, rate);
        loss += _adapter?.AddGradients() ?? 0;
        var norm = _optimizer.GradientNorm();
        if (!double.IsFinite(norm))
            throw new TrainingDivergedException(_state.Step + 1, "gradient's norm", norm, rate);
        var clipping = ClippingFactor(norm);
        _optimizer.Step(rate, clipping);
        _adapter?.AfterStep(_state.Step + 1, clipping);
        _optimizer.ClearGradients();
        _clock.Stop();

        _state.Step++;
        _state.BatchInEpoch += count;
        _state.LastLoss = loss;
        _state.EpochLossSum += loss;
        _state.EpochSteps++;
        var progress = new TrainingProgress(_state.Step, TotalSteps, _state.Epoch + 1, loss, rate, norm, SamplesPerSecond())
        {
            TrainableParameters = _parameterCount,
        };
        Report(progress);
        var stop = IsValidationDue(batches) && Validate(progress);
        if (_options.CheckpointInterval is { } interval && _state.Step % interval == 0)
            SaveCheckpoint();
        return stop;
    }

    /// <summary>Forward and backward of one batch; its share of the step's loss.</summary>
    private double Accumulate(int[] rows, int part, int parts, double rate)
    {
        using var scope = NewDisposeScope();
        // Dropout's draws follow from seed and position alone: nothing that ran before, and no resume, changes them.
        manual_seed(SeededRandom.Derive(SeededRandom.Derive(_state.Seed, "dropout"), (long)_state.Step << 20 | (uint)part));
        var value = (_job.Backward ?? BackwardOfLoss)(rows, 1.0 / parts);
        if (!double.IsFinite(value))
            throw new TrainingDivergedException(_state.Step + 1, "loss", value, rate);
        _samples += rows.Length;
        return value / parts;
    }

    private double BackwardOfLoss(int[] rows, double weight)
    {
        var loss = _job.Loss(rows);
        var value = loss.to(float32).item<float>();
        if (float.IsFinite(value))
            (weight == 1 ? loss : loss * weight).backward();
        return value;
    }

    /// <summary>torch's clip_grad_norm_: the small number keeps a norm of 0 from dividing.</summary>
    private double ClippingFactor(double norm) =>
        _options.MaxGradientNorm == 0 ? 1 : Math.Min(1, _options.MaxGradientNorm / (norm + 1e-6));

    private bool IsValidationDue(IReadOnlyList<int[]> batches)
    {
        if (_job.Validate is null)
            return false;
        var epochEnds = _state.BatchInEpoch >= batches.Count;
        return _state.Step >= TotalSteps || (_options.EvaluationInterval is { } interval ? _state.Step % interval == 0 : epochEnds);
    }

    /// <summary>Measures the validation set and keeps the weights when they are the best so far; true when patience is over.</summary>
    private bool Validate(TrainingProgress progress)
    {
        _job.Module.eval();
        ValidationResult result;
        using (no_grad())
        using (NewDisposeScope())
        {
            try
            {
                result = _job.Validate!();
            }
            catch (OperationCanceledException)
            {
                // The step before it is done; a resumed run validates again.
                SaveCheckpoint();
                throw;
            }
        }

        _job.Module.train(_options.Dropout);
        _state.ValidatedStep = _state.Step;

        var better = _state.BestStep is null || IsBetter(result, _state.BestValidation!);
        if (better)
        {
            (_state.BestStep, _state.BestMetricName, _state.BestMetric, _state.BestLoss) = (_state.Step, result.MetricName, result.Metric, result.Loss);
            _state.ValidationsWithoutBest = 0;
            if (_options.RestoreBestWeights)
                _best.Keep();
        }
        else
        {
            _state.ValidationsWithoutBest++;
        }

        Report(progress with { ValidationMetric = result.Metric, ValidationMetricName = result.MetricName, ValidationLoss = result.Loss });
        var loss = result.Loss is { } value ? $", loss {value:0.####}" : "";
        Log($"Step {_state.Step}/{TotalSteps}: validation {result.MetricName} {result.Metric:0.####}{loss}{(better ? " (best so far)" : "")}");
        return Stopped();
    }

    /// <summary>Makes up for the validation in which the run was cancelled that this one goes on from; true when training is to stop.</summary>
    private bool ResumesBeforeValidation() =>
        _state.Step > 0 && _state.ValidatedStep != _state.Step && IsValidationDue(Batches(_state.Epoch))
        && Validate(new TrainingProgress(_state.Step, TotalSteps, _state.Epoch + 1, _state.LastLoss, 0, 0, SamplesPerSecond())
        {
            TrainableParameters = _parameterCount,
        });

    private bool IsBetter(ValidationResult result, ValidationResult best)
    {
        if (_options.ValidationMetric == ValidationMetric.Task)
            return result.Metric > best.Metric || double.IsNaN(best.Metric);
        return Loss(result) < Loss(best) || double.IsNaN(Loss(best));
    }

    private static double Loss(ValidationResult result) => result.Loss ?? throw new InvalidOperationException(
        $"{nameof(TrainingOptions)}.{nameof(TrainingOptions.ValidationMetric)} is {ValidationMetric.Loss}, but this task's validation gives no loss.");

    private bool Stopped() => _options.EarlyStoppingPatience is { } patience && _state.ValidationsWithoutBest >= patience;

    private void CheckCancellation()
    {
        if (!_options.CancellationToken.IsCancellationRequested)
            return;
        SaveCheckpoint();
        _options.CancellationToken.ThrowIfCancellationRequested();
    }

    private void SaveCheckpoint()
    {
        if (_options.CheckpointFolder is { } folder && _state.Step > 0)
            TrainingCheckpoint.Save(folder, _state, _job.Module, _optimizer, _best, _adapter);
    }

    /// <summary>The state to start from: that of the newest checkpoint when the run is to resume, else the beginning.</summary>
    private TrainingState Begin()
    {
        var fresh = new TrainingState
        {
            Seed = _job.Seed,
            ExampleCount = _job.ExampleCount,
            BatchSize = _options.BatchSize,
            GradientAccumulationSteps = _options.GradientAccumulationSteps,
        };
        if (_options.CheckpointFolder is not { } folder)
            return fresh;
        TrainingCheckpoint.CheckWritable(folder);
        if (!_options.Resume)
        {
            TrainingCheckpoint.Clear(folder);
            return fresh;
        }

        if (TrainingCheckpoint.Newest(folder) is not { } checkpoint)
            return fresh;
        var state = TrainingCheckpoint.ReadState(checkpoint);
        Check("number of training examples", state.ExampleCount, fresh.ExampleCount);
        Check(nameof(TrainingOptions.BatchSize), state.BatchSize, fresh.BatchSize);
        Check(nameof(TrainingOptions.GradientAccumulationSteps), state.GradientAccumulationSteps, fresh.GradientAccumulationSteps);
        // A seed that nobody asked for was drawn anew; the checkpoint's is the run's.
        if (_options.Seed is { } seed)
            Check(nameof(TrainingOptions.Seed), state.Seed, seed);
        TrainingCheckpoint.Load(checkpoint, state, _job.Module, _optimizer, _best);
        _resumedFrom = checkpoint;
        Log($"Resumed after step {state.Step} from '{checkpoint}'");
        return state;

        void Check(string what, int there, int here)
        {
            if (there != here)
                throw new InvalidOperationException($"The run in '{checkpoint}' cannot be resumed: its {what} is {there}, this run's {here}.");
        }
    }

    /// <summary>The steps of all epochs, which need not have equally many: the schedule ends where the last one does.</summary>
    private int CountSteps()
    {
        var most = _options.MaxSteps ?? int.MaxValue;
        if (_job.Batches is null)
            return (int)Math.Min((long)StepsIn(0) * _options.MaxEpochs, most);
        var steps = 0L;
        for (var epoch = 0; epoch < _options.MaxEpochs && steps < most; epoch++)
            steps += StepsIn(epoch);
        return (int)Math.Min(steps, most);

        int StepsIn(int epoch)
        {
            var batches = Batches(epoch).Count;
            return batches > 0 ? (batches - 1) / _options.GradientAccumulationSteps + 1
                : throw new ArgumentException($"Epoch {epoch + 1} has no batches; at least 1 is needed.", nameof(TrainingJob));
        }
    }

    private IReadOnlyList<int[]> Batches(int epoch) =>
        _job.Batches?.Invoke(epoch) ?? LengthBuckets.Epoch(_job.ExampleCount, _job.ExampleLength, _options.BatchSize, _state.Seed, epoch);

    private double SamplesPerSecond() => _samples / Math.Max(1e-9, _clock.Elapsed.TotalSeconds);

    private void Report(TrainingProgress progress)
    {
        _job.Progress?.Invoke(progress);
        _options.Progress?.Report(progress);
    }

    private void Log(FormattableString line) => _job.Log?.Invoke(FormattableString.Invariant(line));
}
